/** What works on any descriptor. */
import { ioPollFile, ioTimeout } from "#hal";
import { Count } from "./operation.ts";

/** There is something to read, or the end. */
export const POLL_IN = 1;
/** There is room to write. */
export const POLL_OUT = 4;
/** An error is reported, asked for or not. */
export const POLL_ERROR = 8;
/** The other end has closed; reported, asked for or not. */
export const POLL_HANGUP = 16;

/** The wait of `pollDescriptor`, kept: yields POLL_ events, or a status. */
export class PollDescriptor extends Count {
	/** Begins to wait for these POLL_ events of a descriptor. */
	start(handle: number, events: number): this {
		ioPollFile(this.begin(), handle, events);
		return this;
	}
}

/** Waits until one of these POLL_ events is there; yields those that are, or a status. */
export function pollDescriptor(handle: number, events: number): PollDescriptor {
	return new PollDescriptor().start(handle, events);
}

/** The wait of `ringTimeout`, kept: yields ETIME. */
export class RingTimeout extends Count {
	constructor() {
		super(true);
	}

	/** Begins a time of so many milliseconds. */
	start(ms: number): this {
		ioTimeout(this.begin(), ms);
		return this;
	}
}

/** A time measured by the ring, in place of the executor's timers: yields ETIME. For orders of operations that have to agree. */
export function ringTimeout(ms: number): RingTimeout {
	return new RingTimeout().start(ms);
}
