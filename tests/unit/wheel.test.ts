/**
 * The timer wheel (hal/sim/wheel.ts, the model of native/xs/wheel.c) against a plain list: random programs of sets,
 * clears and turns, over the wrap of the clock; then the same claims one by one. E2 (integrated timer queue), A3.
 * tests/native/wheel.test.ts runs the same kind of programs through the C code.
 */
import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { TimerEntry } from "../../hal/sim/wheel.ts";

type Wheel = import("../../hal/sim/wheel.ts").Wheel;

const DELTA_MAX = 0x7fffffff;
/** Beyond this lateness (22.6 days) the highest ring could not tell this turn from the next. */
const LATE_MAX = 0x6fffffff;
const ENTRIES = 24;

/** A wheel of its own, with so many timers; timer i wakes i. Without a number of levels it is the clock's. */
async function freshWheel(entries: number, levels?: number) {
	vi.resetModules();
	const module = await import("../../hal/sim/wheel.ts");
	const wheel: Wheel = levels === undefined ? module : module.createWheel(levels);
	const timers: TimerEntry[] = Array.from({ length: entries }, module.createTimerEntry);
	/** Turns; lists the wakes, in order. */
	const turn = (now: number) => {
		const fired: number[] = [];
		return { left: wheel.turn(now, (waker) => fired.push(waker)), fired };
	};
	return { wheel, timers, turn };
}

/** One step of a random program. Numbers are drawn from the interesting places: digit edges, the far end, next door. */
type Step =
	| { op: "set"; timer: number; delta: number; behind: number }
	| { op: "clear"; timer: number }
	| { op: "tick"; times: number }
	| { op: "edge"; times: number }
	| { op: "jump"; by: number; turn: boolean };

const deltas = fc.oneof(
	{ weight: 4, arbitrary: fc.integer({ min: 0, max: 40 }) },
	{ weight: 3, arbitrary: fc.integer({ min: 0, max: 70_000 }) },
	{
		weight: 2,
		arbitrary: fc
			.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: -2, max: 2 }))
			.map(([level, digit, off]) => Math.min(DELTA_MAX, Math.max(0, digit * 16 ** level + off))),
	},
	{ weight: 1, arbitrary: fc.integer({ min: 0, max: DELTA_MAX }) },
	{ weight: 1, arbitrary: fc.constant(DELTA_MAX) },
);

const timerIndex = fc.integer({ min: 0, max: ENTRIES - 1 });

const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 10,
		arbitrary: fc.record({
			op: fc.constant("set" as const),
			timer: timerIndex,
			delta: deltas,
			behind: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2000) }),
		}),
	},
	{ weight: 3, arbitrary: fc.record({ op: fc.constant("clear" as const), timer: timerIndex }) },
	{ weight: 3, arbitrary: fc.record({ op: fc.constant("tick" as const), times: fc.integer({ min: 1, max: 20 }) }) },
	{ weight: 3, arbitrary: fc.record({ op: fc.constant("edge" as const), times: fc.integer({ min: 1, max: 6 }) }) },
	{ weight: 3, arbitrary: fc.record({ op: fc.constant("jump" as const), by: deltas, turn: fc.boolean() }) },
);

const starts = fc.oneof(
	fc.constant(0),
	fc.integer({ min: -100_000, max: 100_000 }).map((offset) => 2 ** 31 + offset),
	fc.integer({ min: -100_000, max: 100_000 }).map((offset) => 2 ** 32 + offset),
	fc.integer({ min: 0, max: 2 ** 32 }),
);

/** Runs a program on a wheel and on the model; throws at the first difference. Returns the number of operations. */
async function compare(start: number, steps: Step[], levels?: number): Promise<number> {
	const { wheel, timers, turn: turnWheel } = await freshWheel(ENTRIES, levels);
	/** Ticks that do not wrap; the wheel sees them as 32-bit integers. */
	let time = start;
	let turned = start;
	/** What the executor's one alarm is set to: moved when a set says that the edge is nearer, and by each turn. */
	let alarm = Number.POSITIVE_INFINITY;
	const due = new Map<number, number>();
	let operations = 0;

	const unwrapped = (tick: number) => time + ((tick - (time | 0)) | 0);
	const first = () => Math.min(Number.POSITIVE_INFINITY, ...due.values());
	const turn = (what: string) => {
		operations++;
		const expected = [...due].filter(([, at]) => at <= time);
		for (const [timer] of expected) due.delete(timer);
		const { left, fired } = turnWheel(time | 0);
		turned = time;
		expect(
			[...fired].sort((a, b) => a - b),
			what,
		).toEqual(expected.map(([timer]) => timer).sort((a, b) => a - b));
		expect(left, what).toBe(due.size > 0);
		alarm = left ? unwrapped(wheel.nextEdge()) : Number.POSITIVE_INFINITY;
		expect(alarm, what + ": the next edge lies ahead").toBeGreaterThan(time);
	};

	for (const [index, present] of steps.entries()) {
		const what = "step " + index + ", " + JSON.stringify(present) + " at " + time;
		switch (present.op) {
			case "set": {
				operations++;
				// Behind: a sleep that was started, and polled some time later.
				const at = time + present.delta - present.behind;
				if (wheel.setTimer(timers[present.timer], at | 0, present.timer, time | 0)) alarm = unwrapped(wheel.nextEdge());
				due.set(present.timer, at);
				break;
			}
			case "clear":
				operations += 2;
				wheel.clearTimer(timers[present.timer]);
				wheel.clearTimer(timers[present.timer]);
				due.delete(present.timer);
				break;
			case "tick":
				for (let i = 0; i < present.times; i++) {
					time++;
					turn(what);
				}
				break;
			case "edge":
				for (let i = 0; i < present.times && !wheel.isEmpty(); i++) {
					// As the executor sleeps: until the alarm.
					time = Math.max(time, alarm);
					turn(what);
				}
				break;
			case "jump":
				// An executor that is late.
				if (time + present.by - turned > LATE_MAX) turn(what);
				time += Math.min(LATE_MAX, present.by);
				if (present.turn) turn(what);
				break;
		}
		if (wheel.isEmpty() !== (due.size === 0)) throw new Error(what + ": empty: " + wheel.isEmpty());
		// Never missed: the alarm is not later than the first timer (or than now, when that one is overdue).
		if (due.size > 0 && alarm > Math.max(first(), time)) throw new Error(what + ": alarm at " + alarm + ", too late");
		for (const [timer, entry] of timers.entries())
			if (entry.place >= 0 !== due.has(timer)) throw new Error(what + ": timer " + timer + " at place " + entry.place);
	}
	return operations;
}

describe("against a plain list", () => {
	test("E2: 100,000 random operations agree, over the wrap of the clock", { timeout: 120_000 }, async () => {
		let operations = 0;
		while (operations < 100_000)
			await fc.assert(
				fc.asyncProperty(starts, fc.array(step, { maxLength: 600, size: "max" }), async (start, steps) => {
					operations += await compare(start, steps);
				}),
				{ numRuns: 50 },
			);
	});
});

describe("R6 fewer levels", () => {
	test.each([1, 2, 3, 4, 5, 6, 7])("%i: random operations agree, far beyond the span", async (levels) => {
		let operations = 0;
		while (operations < 8_000)
			await fc.assert(
				fc.asyncProperty(starts, fc.array(step, { maxLength: 400, size: "max" }), async (start, steps) => {
					operations += await compare(start, steps, levels);
				}),
				{ numRuns: 10 },
			);
	});
});

describe("one by one", () => {
	let wheel: Wheel;
	let timers: TimerEntry[];
	let turn: (now: number) => { left: boolean; fired: number[] };

	beforeEach(async () => {
		({ wheel, timers, turn } = await freshWheel(40));
	});

	/** Turns from one edge to the next up to a tick; lists [tick, timer] in the order of firing. */
	function runTo(from: number, to: number): [number, number][] {
		const seen: [number, number][] = [];
		for (let time = from; time <= to; ) {
			const { left, fired } = turn(time | 0);
			for (const timer of fired) seen.push([time, timer]);
			if (!left) break;
			const edge = time + ((wheel.nextEdge() - (time | 0)) | 0);
			expect(edge).toBeGreaterThan(time);
			time = edge;
		}
		return seen;
	}

	test("a new wheel is empty, and turning it changes nothing", () => {
		expect(wheel.isEmpty()).toBe(true);
		expect(turn(5)).toEqual({ left: false, fired: [] });
		expect(turn(-5)).toEqual({ left: false, fired: [] });
	});

	test.each([0, 2 ** 31 - 30, 2 ** 32 - 30, 2 ** 32 - 1])("fires at its tick, tick by tick, from %d", (start) => {
		const delays = [0, 1, 2, 15, 16, 17, 31, 32, 33, 255, 256, 257, 300];
		for (const [i, delay] of delays.entries()) wheel.setTimer(timers[i], (start + delay) | 0, i, start | 0);
		const seen: [number, number][] = [];
		for (let time = start; time <= start + 301; time++)
			for (const timer of turn(time | 0).fired) seen.push([time - start, timer]);
		expect(seen).toEqual(delays.map((delay, i) => [delay, i]));
		expect(wheel.isEmpty()).toBe(true);
	});

	test("a late turn fires in the order of ticks", () => {
		for (const [i, at] of [700, 3, 90_000, 40, 4000, 17].entries()) wheel.setTimer(timers[i], at, i, 0);
		expect(turn(100_000)).toEqual({ left: false, fired: [1, 5, 3, 0, 4, 2] });
	});

	test("a timer comes down at most once a level", () => {
		const start = 0x12345678;
		wheel.setTimer(timers[0], (start + 0x7fffffff) | 0, 0, start);
		let time = start;
		let turns = 0;
		for (; turn(time | 0).left; turns++) time += (wheel.nextEdge() - (time | 0)) | 0;
		expect(time).toBe(start + 0x7fffffff);
		expect(turns).toBeLessThanOrEqual(8);
	});

	test("day-long timers fire at their tick: a day, three weeks, 2^31 - 1", () => {
		for (const start of [0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 0x0fffffff, 0x77777777]) {
			const delays = [86_400_000, 3 * 7 * 86_400_000, 0x7fffffff, 0x7ffffffe];
			for (const [i, delay] of delays.entries()) wheel.setTimer(timers[i], (start + delay) | 0, i, start | 0);
			expect(runTo(start, start + 2 ** 31)).toEqual([
				[start + 86_400_000, 0],
				[start + 3 * 7 * 86_400_000, 1],
				[start + 0x7ffffffe, 3],
				[start + 0x7fffffff, 2],
			]);
			expect(wheel.isEmpty()).toBe(true);
		}
	});

	test("a long timer set while the wheel is late is not taken for one that is due", () => {
		// The first timer's edge has come, the executor has not got to it yet, and a task begins a sleep of 24 days.
		const nineDays = 0x30000000;
		wheel.setTimer(timers[0], nineDays, 0, 0);
		const late = nineDays + 1;
		expect(wheel.setTimer(timers[1], (late + 0x7fffffff) | 0, 1, late)).toBe(false);
		expect(wheel.nextEdge()).toBe(nineDays);
		expect(turn(late)).toEqual({ left: true, fired: [0] });
		expect(runTo(late, late + 2 ** 31)).toEqual([[late + 0x7fffffff, 1]]);
	});

	test("a tick that has passed is due at once, in an empty wheel and in one that is turning", () => {
		expect(wheel.setTimer(timers[0], 990, 0, 1000)).toBe(true);
		expect((wheel.nextEdge() - 1000) | 0).toBeLessThanOrEqual(0);
		expect(turn(1000)).toEqual({ left: false, fired: [0] });
		wheel.setTimer(timers[0], 2000, 0, 1000);
		turn(1500);
		expect(wheel.setTimer(timers[1], 1450, 1, 1500)).toBe(true);
		expect((wheel.nextEdge() - 1500) | 0).toBeLessThanOrEqual(0);
		expect(turn(1500)).toEqual({ left: true, fired: [1] });
		expect(runTo(1500, 2000)).toEqual([[2000, 0]]);
	});

	test("setting a set timer moves it, nearer and further, and renews its waker", () => {
		expect(wheel.setTimer(timers[0], 100, 0, 0)).toBe(true);
		expect(wheel.setTimer(timers[0], 10, 0, 0)).toBe(true);
		expect(wheel.setTimer(timers[0], 5000, 7, 0)).toBe(true);
		expect(wheel.setTimer(timers[1], 5001, 1, 0)).toBe(false);
		expect(runTo(0, 6000)).toEqual([
			[5000, 7],
			[5001, 1],
		]);
		expect(wheel.isEmpty()).toBe(true);
	});

	test.each([0, 1, 2])("clearing timer %d of three in one slot, any number of times", (victim) => {
		for (let i = 0; i < 3; i++) wheel.setTimer(timers[i], 50, i, 0);
		for (let i = 0; i < 3; i++) wheel.clearTimer(timers[victim]);
		expect(timers[victim]).toMatchObject({ place: -1, next: undefined, previous: undefined });
		expect(turn(49)).toEqual({ left: true, fired: [] });
		const { left, fired } = turn(50);
		expect(left).toBe(false);
		expect(fired.sort()).toEqual([0, 1, 2].filter((i) => i !== victim));
		wheel.clearTimer(timers[0]);
		expect(wheel.isEmpty()).toBe(true);
	});

	test("a cleared first timer leaves an early edge, which costs one look and no wake", () => {
		wheel.setTimer(timers[0], 10, 0, 0);
		wheel.setTimer(timers[1], 500, 1, 0);
		wheel.clearTimer(timers[0]);
		expect(wheel.nextEdge()).toBe(10);
		expect(turn(10)).toEqual({ left: true, fired: [] });
		expect(wheel.nextEdge()).toBe(256);
		expect(runTo(10, 500)).toEqual([[500, 1]]);
	});

	test("a timer set again from where it fired does not drift, a thousand times over the wrap", () => {
		const start = 2 ** 32 - 3000;
		let time = start;
		for (let i = 0; i < 1000; i++) {
			wheel.setTimer(timers[0], (time + 7) | 0, 0, time | 0);
			const [[at]] = runTo(time, time + 7);
			expect(at).toBe(time + 7);
			time = at;
		}
		expect(time).toBe(start + 7000);
	});

	test("many timers of one tick are woken once each", () => {
		for (let i = 0; i < 40; i++) wheel.setTimer(timers[i], 77_777, i, 0);
		const seen = runTo(0, 80_000);
		expect(seen.map(([at]) => at)).toEqual(Array(40).fill(77_777));
		expect(new Set(seen.map(([, timer]) => timer)).size).toBe(40);
	});
});
