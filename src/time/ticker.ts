/** Again and again, without drift: `const beat = Timer.every(100); for (;;) { await beat; … }`. (embassy-time's Ticker.) */
import { now, type TaskId } from "#hal";
import { Leaf } from "../leaf.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { ticksOf } from "./duration.ts";
import { Sleep } from "./sleep.ts";

/**
 * Yields once a period. Each tick is one period after the tick before, not after the time at which it was taken: a late
 * consumer gets what it missed at once, one after the other, and the sum stays right.
 */
export class Ticker extends Leaf<void> {
	private readonly pause = new Sleep();
	private readonly period: number;
	private due: number;
	private waiting = false;

	/** The first tick comes one period from now. Throws RangeError unless the period is at least 1 ms. */
	constructor(periodMs: number) {
		super();
		this.period = ticksOf(periodMs, "Timer.every");
		if (this.period === 0)
			throw new RangeError("Timer.every: the period must be at least 1 millisecond, got " + periodMs);
		this.due = now();
	}

	/** Begins anew: the first tick comes one period from now. */
	reset(): void {
		this.pause.drop();
		this.waiting = false;
		this.due = now();
	}

	poll(waker: TaskId): Poll {
		if (!this.waiting) {
			this.waiting = true;
			this.due = (this.due + this.period) | 0;
			this.pause.startAt(this.due);
		}
		if (this.pause.poll(waker) === PENDING) return PENDING;
		this.waiting = false;
		return READY;
	}

	take(): void {}

	/** Gives up the wait; the next one is for the tick after. */
	drop(): void {
		this.pause.drop();
		this.waiting = false;
	}
}
