/**
 * Sleeping. A sleep ends at the start of the tick that it names: up to one tick (1 ms) less than asked for, never more
 * than the time that the executor needs to get to it.
 */
import { type TaskId, timerClear, timerDelete, timerNew, timerPoll, timerStart, timerStartAt } from "#hal";
import { Leaf } from "../leaf.ts";
import type { Poll } from "../status.ts";

/** One sleep after another, on one timer that is its own for good. Made at start-up. */
export class Sleep extends Leaf<void> {
	/** -1: given back; the next start takes one again. */
	private timer = timerNew();

	/**
	 * Begins a sleep of so many milliseconds, counted from now; 0 lets the others have a turn, as yieldNow does. Throws
	 * RangeError for a negative duration or NaN.
	 */
	start(ms: number): this {
		if (this.timer < 0) this.timer = timerNew();
		timerStart(this.timer, ms);
		return this;
	}

	/** Begins a sleep until a tick of the clock. A tick that has passed is slept until at once. */
	startAt(at: number): this {
		if (this.timer < 0) this.timer = timerNew();
		timerStartAt(this.timer, at);
		return this;
	}

	poll(waker: TaskId): Poll {
		return timerPoll(this.timer, waker);
	}

	take(): void {}

	drop(): void {
		if (this.timer >= 0) timerClear(this.timer);
	}

	/** Gives the timer back until the next start: for sleeps that are made after start-up and thrown away. */
	dispose(): void {
		if (this.timer < 0) return;
		timerDelete(this.timer);
		this.timer = -1;
	}
}

/** Sleeps for so many milliseconds. Makes an object; keep a `Sleep` where nothing may be allocated. */
export function sleep(ms: number): Sleep {
	return new Sleep().start(ms);
}
