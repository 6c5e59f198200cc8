/** Sleeping on a timer that the program drives (timer.ts): for so many of its ticks, or until one. */
import { type TaskId, tickClear, tickPoll, tickStart, tickStartAt, tickTimerDelete, tickTimerNew } from "#hal";
import { Leaf } from "../leaf.ts";
import type { Poll } from "../status.ts";

/** One sleep after another, on any timer of its executor. Made at start-up. */
export class TickSleep extends Leaf<void> {
	/** -1: given back; the next start takes one again. */
	private timer = tickTimerNew();

	/**
	 * Begins a sleep of so many ticks of a timer (its `wheel`); 0 lets the others have a turn. Throws RangeError unless it is
	 * a whole number from 0 to 2^31 - 1.
	 */
	start(wheel: number, ticks: number): this {
		if (this.timer < 0) this.timer = tickTimerNew();
		tickStart(this.timer, wheel, ticks);
		return this;
	}

	/** Begins a sleep until a tick of a timer. One that has passed is slept until at once. */
	startAt(wheel: number, tick: number): this {
		if (this.timer < 0) this.timer = tickTimerNew();
		tickStartAt(this.timer, wheel, tick);
		return this;
	}

	poll(waker: TaskId): Poll {
		return tickPoll(this.timer, waker);
	}

	take(): void {}

	drop(): void {
		if (this.timer >= 0) tickClear(this.timer);
	}

	/** Gives its place back until the next start: for sleeps that are made after start-up and thrown away. */
	dispose(): void {
		if (this.timer < 0) return;
		tickTimerDelete(this.timer);
		this.timer = -1;
	}
}
