/** Yielding: back into the ready set, behind every other ready task. */
import { type TaskId, wake } from "#hal";
import { Leaf } from "../leaf.ts";
import { PENDING, type Poll, READY } from "../status.ts";

/** One yield: PENDING at the first poll, with the task woken again, READY at the next. Cost: one wake and one poll. */
export class YieldNow extends Leaf<void> {
	private yielded = false;

	/** Begins a yield; returns itself, to be awaited. */
	start(): this {
		this.yielded = false;
		return this;
	}

	poll(waker: TaskId): Poll {
		if (this.yielded) return READY;
		this.yielded = true;
		wake(waker);
		return PENDING;
	}

	take(): void {}

	drop(): void {
		this.yielded = false;
	}
}

/** Lets every other ready task have a turn. Makes an object; keep a `YieldNow` where nothing may be allocated. */
export function yieldNow(): YieldNow {
	return new YieldNow().start();
}
