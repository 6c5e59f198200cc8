/** Durations: what is one, what is refused with which words, and how fractions become ticks. A3. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DURATION_MAX_MS, ticksOf } from "../../src/time/duration.ts";
import { freshMachine } from "./support/machine.ts";

const refused = [
	Number.NaN,
	-1,
	-0.001,
	-Infinity,
	Infinity,
	2 ** 31,
	2 ** 31 - 0.5,
	2 ** 32,
	2 ** 32 + 5,
	Number.MAX_VALUE,
];

describe("ticksOf", () => {
	test.each([
		[0, 0],
		[-0, -0],
		[1, 1],
		[DURATION_MAX_MS, 2 ** 31 - 1],
		[0.1, 1],
		[Number.MIN_VALUE, 1],
		[1.5, 2],
		[999.999, 1000],
		[2 ** 31 - 1.5, 2 ** 31 - 1],
	])("%d ms are %d ticks", (ms, ticks) => {
		expect(ticksOf(ms, "sleep") | 0).toBe(ticks | 0);
	});

	test.each(refused)("%d is refused", (ms) => {
		expect(() => ticksOf(ms, "sleep")).toThrow(
			new RangeError("sleep: a duration is 0 to 2147483647 milliseconds, got " + ms),
		);
	});

	test("what is no number never becomes a wait for ever: whole ticks in range, or an exception", () => {
		fc.assert(
			fc.property(fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }), (value) => {
				let ticks: number;
				try {
					ticks = ticksOf(value as number, "sleep");
				} catch (error) {
					return error instanceof RangeError || error instanceof TypeError;
				}
				return ticks >= 0 && ticks <= DURATION_MAX_MS && Number.isInteger(ticks);
			}),
			{ numRuns: 5000 },
		);
		for (const value of [undefined, {}, "soon", () => 1])
			expect(() => ticksOf(value as never, "s")).toThrow(RangeError);
	});

	test("never less than asked for, never a whole tick more", () => {
		fc.assert(
			fc.property(fc.double({ min: 0, max: DURATION_MAX_MS, noNaN: true }), (ms) => {
				const ticks = ticksOf(ms, "sleep");
				return ticks >= ms && ticks - 1 < ms && Number.isInteger(ticks);
			}),
		);
	});
});

describe("who takes a duration", () => {
	test.each(refused)("sleep, Timer.after, Timer.every and runFor refuse %d, and nothing is left behind", async (ms) => {
		const m = await freshMachine();
		expect(() => m.sleep(ms)).toThrow(RangeError);
		expect(() => m.Timer.after(ms)).toThrow(RangeError);
		expect(() => m.Timer.every(ms)).toThrow(RangeError);
		expect(() => m.runFor(1, ms)).toThrow(RangeError);
		const sleep = new m.Sleep();
		expect(() => sleep.start(ms)).toThrow("got " + ms);
		expect(sleep.poll(0)).toBe(m.READY);
		m.run();
		expect(m.sim.virtualTime()).toBe(0);
	});

	test("a period of 0 is refused: it would tick for ever at once", async () => {
		const m = await freshMachine();
		expect(() => m.Timer.every(0)).toThrow(
			new RangeError("Timer.every: the period must be at least 1 millisecond, got 0"),
		);
	});
});
