/** What works on any descriptor. */
import { ioPollFile, ioTimeout } from "#hal";
import { Count } from "./operation.ts";

export const POLL_IN = 1;
export const POLL_OUT = 4;
export const POLL_ERROR = 8;
export const POLL_HANGUP = 16;

export class PollDescriptor extends Count {
	start(handle: number, events: number): this {
		ioPollFile(this.begin(), handle, events);
		return this;
	}
}

/** Waits until one of these POLL_ events is there; yields those that are, or a status. */
export function pollDescriptor(handle: number, events: number): PollDescriptor {
	return new PollDescriptor().start(handle, events);
}

export class RingTimeout extends Count {
	constructor() {
		super(true);
	}

	start(ms: number): this {
		ioTimeout(this.begin(), ms);
		return this;
	}
}

/** A time measured by the ring, in place of the executor's timers: yields ETIME. For orders of operations that have to agree. */
export function ringTimeout(ms: number): RingTimeout {
	return new RingTimeout().start(ms);
}
