/**
 * Sleeps of months and years. The clock's ticks are 32 bits, so a single sleep ends after 24.8 days at the latest; this one is
 * several of them, each counted from the end of the one before: nothing is lost between them.
 */
import { now, type TaskId } from "#hal";
import { Leaf } from "../leaf.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { Sleep } from "./sleep.ts";

export const DAY_MS = 86_400_000;
/** 2,737 years: as exact as a number can be, in milliseconds, with room to spare. */
export const DAYS_MAX = 1_000_000;
/** 12.4 days: far from where "earlier" and "later" meet, so that a late executor does no harm. */
const PART_MS = 0x40000000;

/** One sleep of days after another, made at start-up. */
export class LongSleep extends Leaf<void> {
	private readonly part = new Sleep();
	/** Where the part under way ends, and what comes after it. */
	private at = 0;
	private left = 0;

	/** Begins a sleep of so many days, counted from now; 0.5 is twelve hours. Throws RangeError below 0 and above 1,000,000. */
	start(days: number): this {
		if (!(days >= 0 && days <= DAYS_MAX)) throw new RangeError("sleepDays: 0 to " + DAYS_MAX + " days, got " + days);
		this.left = Math.ceil(days * DAY_MS);
		this.at = now();
		this.next();
		return this;
	}

	private next(): void {
		const part = Math.min(this.left, PART_MS);
		this.left -= part;
		this.at = (this.at + part) | 0;
		this.part.startAt(this.at);
	}

	poll(waker: TaskId): Poll {
		while (this.part.poll(waker) !== PENDING) {
			if (this.left === 0) return READY;
			this.next();
		}
		return PENDING;
	}

	take(): void {}

	drop(): void {
		this.part.drop();
		this.left = 0;
	}
}

/** Sleeps for so many days. */
export function sleepDays(days: number): LongSleep {
	return new LongSleep().start(days);
}
