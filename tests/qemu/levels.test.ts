/** Executors at priorities on emulated boards. */
import { expect, test } from "vitest";
import { findApp, type Level } from "../../tools/app.ts";
import { build } from "../../tools/build.ts";
import { path } from "../../tools/paths.ts";
import { setQuiet } from "../../tools/report.ts";
import { run } from "../../tools/run.ts";
import { findTarget } from "../../tools/targets.ts";
import { nested } from "../programs/levels-output.ts";
import { runProgram } from "../programs/support.ts";

/** STATOR_PREEMPTIONS=1000000 takes some minutes. */
const million = process.env.STATOR_PREEMPTIONS === "1000000";

test("E6 X3 a machine that is preempted at pseudo-random moments computes what it computes undisturbed", async () => {
	setQuiet(true);
	const file = million ? "million" : "preempted";
	const app = { ...findApp(path("bench/board/levels", file + ".ts")), name: "levels-" + file };
	const { output, status } = await run(await build(app, findTarget("mps2-an385")), {
		timeoutSeconds: million ? 3000 : 250,
		onOutput: (text) => {
			if (million) process.stderr.write(text);
		},
	});
	const [, preemptions, runs] = /^preempted (\d+) times in (\d+) runs: the same result$/m.exec(output) ?? [];
	expect(Number(preemptions), output).toBeGreaterThanOrEqual(million ? 1_000_000 : 20_000);
	expect(Number(runs)).toBeGreaterThan(1);
	// The program asks for four collections in each run; the others come because its heap is full.
	expect(Number(/; collections (\d+)$/m.exec(output)?.[1])).toBeGreaterThan(4 * Number(runs));
	expect(status).toBe(0);
}, 3_600_000);

test("E6 a level whose place cannot be is refused at start, with the reason", async () => {
	const wrong: [object, RegExp][] = [
		[{ vector: 99, priority: 1 }, /level "wrong": vector 99: there are vectors 0 to 31/],
		[{ vector: 0, priority: 1 }, /level "wrong": vector 0 has a handler already/],
		[{ vector: 20, priority: 4000 }, /level "wrong": priority 4000: the interrupt controller has 0 .* to \d+/],
		[{ vector: 21, priority: 1 }, /the manifest puts this module at vector 21, priority 1/],
	];
	for (const [place, message] of wrong) {
		const app = findApp(path("tests/programs/level"));
		const levels = [{ ...(app.levels as Level[])[0], name: "wrong", ...place } as Level];
		const built = await build({ ...app, name: "level-wrong", levels }, findTarget("mps2-an385"));
		const { output, status } = await run(built, { timeoutSeconds: 120 });
		expect(output).toMatch(message);
		expect(status).not.toBe(0);
	}
});

test.each(["mps2-an385", "netduinoplus2"])(
	"E6 E7 N4 a level wakes by its own timer in the middle of main's loop, on %s",
	async (board) => {
		const { output, status } = await run(await build(findApp(path("tests/programs/level")), findTarget(board)), {
			timeoutSeconds: 120,
		});
		expect(output).toMatch(/^main begins\nfast\nfast\n(fast\n)?main ends\nstator: polls/m);
		expect(output).toMatch(/level "fast": RAM \d+ bytes/);
		expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
		expect(status).toBe(0);
	},
);

test("E6 levels nest by their priorities: the more urgent in the middle of the less urgent one's turn, never the other way round", async () => {
	const { output, status } = await runProgram("level-nested", "mps2-an385");
	expect(output).toMatch(nested);
	expect(status).toBe(0);
});

test.each(["mps2-an385", "netduinoplus2"])(
	"E6 a line comes out as one piece, whoever preempts its writer, on %s",
	async (board) => {
		const { output, status } = await run(await build(findApp(path("tests/programs/lines")), findTarget(board)), {
			timeoutSeconds: 120,
		});
		const own = output.split("\n").filter((line) => line !== "" && !/^(stator:| {2}polls)/.test(line));
		const of = (text: string): string[] => own.filter((line) => line.includes(text));
		const main = of("a line of main");
		const level = of("a line of the level");
		const whole = (text: string) => (line: string, i: number) =>
			new RegExp("^\\[ +\\d+\\.\\d{3}\\] " + text + " " + (i + 1) + "$").test(line) ? [] : [line];
		expect(main.flatMap(whole("a line of main, which is longer than that of the level is"))).toEqual([]);
		expect(level.flatMap(whole("a line of the level, which has come in between"))).toEqual([]);
		expect(main).toHaveLength(400);
		expect(level.length).toBeGreaterThan(50);
		expect(own).toHaveLength(main.length + level.length);
		expect(status).toBe(0);
	},
);

test.each(["mps2-an385", "netduinoplus2"])(
	"R1 R2 R4 N4 actors at vectors, fed by a handler in C, on %s",
	async (board) => {
		const { output, status } = await run(await build(findApp(path("tests/programs/actors")), findTarget(board)), {
			timeoutSeconds: 120,
		});
		const lines = output.split("\n").map((line) => line.replace(/^\[.*?\] /, ""));
		expect(lines.slice(0, 12)).toEqual([
			"sending 1",
			"received 1",
			"sent 1",
			"sending 2",
			"received 2",
			"sent 2",
			"sending 3",
			"received 3",
			"sent 3",
			"received 4",
			"answered 4",
			"refused 0",
		]);
		expect(output).toContain("all actors have ended");
		expect(status).toBe(0);
	},
);

test("R5 run refuses to start: interrupts enabled, a vector twice, out of range, the chip's own, no such priority", async () => {
	const app = { ...findApp(path("tests/programs/actors/twice.ts")), name: "actors-refused" };
	const { output, status } = await run(await build(app, findTarget("mps2-an385")), { timeoutSeconds: 120 });
	expect(output).toContain("TypeError: run: interrupts are enabled");
	expect(output).toContain("RangeError: run: vector 20 is used twice");
	expect(output).toContain("RangeError: run: vector 99: there are vectors 0 to 31");
	expect(output).toContain("RangeError: run: vector 0 has a handler already");
	expect(output).toMatch(/RangeError: run: priority 4000: the interrupt controller has 0 \(the most urgent\) to \d+/);
	expect(status).toBe(1);
});

test("X3 a date that main takes apart is its own, whatever the level does with another one", async () => {
	const { output, status } = await runProgram("tests/programs/level-dates", "mps2-an385");
	const [, wrong, rounds] = /^wrong (\d+) of (\d+)$/m.exec(output) ?? [];
	expect(Number(wrong), output).toBe(0);
	expect(Number(rounds)).toBeGreaterThan(20);
	expect(output).not.toContain("wrong in the level");
	expect(status).toBe(0);
});
