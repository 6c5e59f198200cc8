/**
 * The timer wheel in C (native/xs/wheel.c) does what the simulated machine's does (hal/sim/wheel.ts), step by step:
 * which alarm it asks for, whom it wakes and in which order. tests/unit/wheel.test.ts says what both have to do. E2.
 */
import { beforeAll, describe, expect, test, vi } from "vitest";
import { compile, execute, random, seedOf } from "./support/compile.ts";

const TIMERS = 40;
const DELTA_MAX = 0x7fffffff;
/** See tests/unit/wheel.test.ts. */
const LATE_MAX = 0x6fffffff;

let executable: string;
beforeAll(async () => {
	executable = await compile({ name: "wheel-replay", units: ["wheel"] });
});

/** A random program from a tick on, with what the simulated machine's wheel answers to each line. */
async function program(
	seed: number,
	start: number,
	steps: number,
	levels: number,
): Promise<{ input: string[]; expected: string[] }> {
	const below = random(seed);
	vi.resetModules();
	const { createTimerEntry, createWheel } = await import("../../hal/sim/wheel.ts");
	const wheel = createWheel(levels);
	const timers = Array.from({ length: TIMERS }, createTimerEntry);
	const input: string[] = [levels === 8 ? "i " + (start | 0) : "l " + (start | 0) + " " + levels];
	const expected: string[] = ["0"];
	wheel.turn(start | 0, () => {});
	for (let i = 0; i < TIMERS; i++) {
		input.push("m");
		expected.push(String(i));
	}
	let time = start;
	let turned = start;
	const delta = () => {
		const kind = below(10);
		if (kind < 4) return below(40);
		if (kind < 7) return below(70_000);
		if (kind < 9) return Math.min(DELTA_MAX, Math.max(0, (1 + below(7)) * 16 ** below(8) + below(5) - 2));
		return below(2) === 0 ? DELTA_MAX : below(DELTA_MAX);
	};
	const turn = () => {
		const woken: string[] = [];
		const left = wheel.turn(time | 0, (waker) => woken.push(" " + waker));
		turned = time;
		input.push("t " + (time | 0));
		expected.push("t" + woken.join("") + " " + (left ? "1 " + wheel.nextEdge() : "0 0"));
	};
	for (let i = 0; i < steps; i++) {
		const timer = below(TIMERS);
		const kind = below(20);
		if (kind < 9) {
			const at = (time + delta() - (below(6) === 0 ? below(2000) : 0)) | 0;
			wheel.clearTimer(timers[timer]);
			const nearer = wheel.setTimer(timers[timer], at, timer, time | 0);
			input.push("s " + timer + " " + at + " " + (time | 0));
			expected.push((nearer ? 1 : 0) + " " + wheel.nextEdge());
		} else if (kind < 12) {
			wheel.clearTimer(timers[timer]);
			input.push("c " + timer);
			expected.push(wheel.isEmpty() ? "0" : "1");
		} else if (kind < 15) {
			time++;
			turn();
		} else if (kind < 17) {
			if (!wheel.isEmpty()) time += Math.max(0, (wheel.nextEdge() - (time | 0)) | 0);
			turn();
		} else {
			const by = Math.min(LATE_MAX, delta());
			if (time + by - turned > LATE_MAX) turn();
			time += by;
			if (kind < 19) turn();
		}
	}
	return { input, expected };
}

async function play(lines: string[]): Promise<string[]> {
	const { code, stdout, stderr } = await execute(executable, lines.join("\n") + "\n");
	expect(stderr).toBe("");
	expect(code).toBe(0);
	return stdout.trim().split("\n");
}

describe("step by step", () => {
	test("R6 120,000 random steps give what the simulated machine gives, from both wraps of the clock, whatever the levels", async () => {
		const seed = seedOf("wheel");
		const starts = [0, 2 ** 31 - 5000, 2 ** 32 - 5000, 0x12345678, 2 ** 31, 2 ** 32 - 1];
		for (let part = 0; part < 2 * starts.length; part++) {
			const levels = part < starts.length ? 8 : part - starts.length + 1;
			const { input, expected } = await program(seed + part, starts[part % starts.length], 10_000, levels);
			const answers = await play(input);
			const first = answers.findIndex((answer, i) => answer !== expected[i]);
			if (first >= 0)
				throw new Error(
					"seed " +
						(seed + part) +
						", " +
						levels +
						" levels, step " +
						first +
						" (" +
						input.slice(Math.max(0, first - 10), first + 1).join("; ") +
						'): C gives "' +
						answers[first] +
						'", the simulated machine "' +
						expected[first] +
						'"',
				);
			expect(answers).toHaveLength(expected.length);
		}
	});
});

describe("timers by number", () => {
	test("room grows piece by piece, each as long as all before and four more, while there is memory; then there is no timer, and those there are go on", async () => {
		// 4, 8, 16 … 256 timers in seven pieces of memory.
		const answers = await play(["i 0", ...Array(510).fill("m"), "s 507 100 0", "s 0 50 0", "t 60", "t 100"]);
		expect(answers.slice(1, 509).map(Number)).toEqual(Array.from({ length: 508 }, (_, i) => i));
		expect(answers.slice(509)).toEqual(["-1", "-1", "1 96", "1 48", "t 0 1 96", "t 507 0 0"]);
	});

	test("growing keeps the timers that are set", async () => {
		const lines = ["i 0", "m", "m", "m", "s 0 30 0", "s 1 10 0", "s 2 10 0", ...Array(20).fill("m"), "t 20", "t 40"];
		expect((await play(lines)).slice(-2)).toEqual(["t 2 1 1 30", "t 0 0 0"]);
	});

	test("a timer given back is handed out again, last first; it is not set any more", async () => {
		const answers = await play(["i 0", "m", "m", "m", "s 0 5 0", "s 1 6 0", "d 0", "d 1", "m", "m", "m", "t 10"]);
		expect(answers.slice(-4)).toEqual(["1", "0", "3", "t 0 0"]);
	});

	test("giving back twice is giving back once", async () => {
		expect((await play(["i 0", "m", "m", "d 0", "d 0", "m", "m"])).slice(-2)).toEqual(["0", "2"]);
	});
});
