/**
 * Timers by their names in the field. Two kinds of time:
 *
 * - The clock's, in milliseconds: `Timer.after(ms)`, `Timer.at(tick)` (a tick of `now()`), `Timer.every(ms)`. Nothing to set up.
 * - The program's own, in ticks of whatever length: a `Timer` is made at start-up, somebody calls `tick()` once each period
 *   (a task, or an interrupt handler in C: `stator_tick`, native/abi/tick.h), and tasks sleep for so many ticks.
 *
 * ```ts
 * const teeth = new Timer(2, "teeth");              // driven by the handler of the toothed wheel's sensor
 * const spark = task(async () => { for (;;) { await teeth.sleepFor(58); ignite(); } });
 * ```
 *
 * `levels` is how deep the hierarchy of its timeouts is: each level has 16 slots, each slot of one as long as the whole level below, so the
 * span is 16^levels ticks: 16, 256, 4,096, 65,536 … 2^32 for 1 to 8. Every duration to 2^31 - 1 ticks works on each of them:
 * what lies beyond the span is looked through once each span. So the levels are a matter of memory (64 bytes each on a board) and of
 * rounds for long sleeps, never of what can be asked for. Setting and giving up are O(1) at any number of levels.
 *
 * A tick costs an addition and a comparison, whoever sleeps; the wheel turns in the executor's next round, and who is woken there is polled
 * in that round.
 */
import { tick, tickCount, tickWheelNew } from "#hal";
import { Sleep } from "./sleep.ts";
import { TickSleep } from "./tick-sleep.ts";
import { Ticker } from "./ticker.ts";

const LEVELS_MAX = 8;

/** A hierarchy of timeouts that the program drives. */
export class Timer<Levels extends number = number> {
	readonly levels: Levels;
	/** Its number at the platform. */
	readonly wheel: number;

	/**
	 * Four levels, unless told; the name is for `stator_tick_find` in C. INIT. Throws RangeError unless the levels are 1 to 8,
	 * when the name is taken, and when the executor has 16 already.
	 */
	constructor(levels: Levels = 4 as Levels, name = "") {
		if (!(levels >= 1 && levels <= LEVELS_MAX) || Math.floor(levels) !== levels)
			throw new RangeError("Timer: 1 to " + LEVELS_MAX + " levels of 16 slots, got " + levels);
		this.levels = levels;
		this.wheel = tickWheelNew(levels, name);
	}

	/** One tick has passed, or so many. Who sleeps until then is polled in the next round. From tasks, and in C from anywhere. */
	tick(count = 1): void {
		tick(this.wheel, count);
	}

	/** So many ticks have passed since it was made: a 32-bit integer that wraps. */
	now(): number {
		return tickCount(this.wheel);
	}

	/** Sleeps for so many ticks from now; 0 is one yield. Throws RangeError unless it is a whole number from 0 to 2^31 - 1. */
	sleepFor(ticks: number): TickSleep {
		return new TickSleep().start(this.wheel, ticks);
	}

	/** Sleeps until a tick, as `now` counts them; one that has passed is one yield. */
	sleepUntil(tick: number): TickSleep {
		return new TickSleep().startAt(this.wheel, tick);
	}

	/** Once, so many milliseconds from now. */
	static after(ms: number): Sleep {
		return new Sleep().start(ms);
	}

	/** Once, at a tick of the clock (`now() + ms`); one that has passed is one yield. */
	static at(tick: number): Sleep {
		return new Sleep().startAt(tick);
	}

	/** Again and again. INIT. */
	static every(periodMs: number): Ticker {
		return new Ticker(periodMs);
	}
}
