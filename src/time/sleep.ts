/**
 * Sleeping. A sleep ends at the start of the tick that it names: up to one tick (1 ms) less than asked for, never more
 * than the time that the executor needs to get to it.
 */
import { now, type TaskId, wake } from "#hal";
import type { Awaitable } from "../awaitable.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { clearTimer, setAt } from "./clock.ts";
import { ticksOf } from "./duration.ts";
import type { TimerEntry } from "./wheel.ts";

/** Not yet polled; the timer is set at the first poll, when the waker is known. */
const STARTED = 0;
/** In the wheel, or woken: the entry tells. */
const SET = 1;

/** One sleep after another. It is its own timer entry: 9 slots of memory, no other object. */
export class Sleep implements Awaitable<void>, TimerEntry {
	at = 0;
	place = -1;
	waker: TaskId = -1;
	next: TimerEntry | undefined = undefined;
	previous: TimerEntry | undefined = undefined;
	private from = 0;
	private state = SET;

	/** Begins a sleep of so many milliseconds, counted from now. Throws RangeError for a negative duration or NaN. */
	start(ms: number): this {
		const ticks = ticksOf(ms, "sleep");
		const time = now();
		clearTimer(this);
		this.from = time;
		this.at = (time + ticks) | 0;
		this.state = STARTED;
		return this;
	}

	/** Begins a sleep until a tick of the clock. A tick that has passed is slept until at once. */
	startAt(at: number): this {
		clearTimer(this);
		this.from = now();
		this.at = ((at - this.from) | 0) < 0 ? this.from : at;
		this.state = STARTED;
		return this;
	}

	/** A sleep of 0 lets the others have a turn, as yieldNow does. */
	poll(waker: TaskId): Poll {
		if (this.state === STARTED) {
			this.state = SET;
			const at = this.at;
			if (at === this.from) {
				wake(waker);
				return PENDING;
			}
			setAt(this, at, waker, this.from);
			return PENDING;
		}
		if (this.place < 0) return READY;
		this.waker = waker;
		return PENDING;
	}

	take(): void {}

	drop(): void {
		clearTimer(this);
		this.state = SET;
	}
}

/** Sleeps for so many milliseconds. Makes an object; keep a `Sleep` where nothing may be allocated. */
export function sleep(ms: number): Sleep {
	return new Sleep().start(ms);
}
