/** Executors at priorities on Linux: they preempt as on a board. */
import { expect, test } from "vitest";
import { nested } from "../programs/levels-output.ts";
import { runProgram } from "../programs/support.ts";

test("E6 E7 N4 a level wakes by its own timer in the middle of main's loop", async () => {
	const { output, status } = await runProgram("level", "linux");
	expect(output).toMatch(/^main begins\n(fast\n){1,3}main ends\n/);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});

test("E6 R1 R2 F3 X3 messages that a thread and a signal's handler post reach a level in the middle of main's turn, each once and in order; main computes what it computes undisturbed", async () => {
	const { output, status } = await runProgram("level-storm", "linux");
	const said = output.split("\n");
	// Main never gives control away before this line: without preemption it would never come.
	expect(said.slice(0, 2)).toEqual(["all are there", "the same result"]);
	// The pool was empty now and then, and said so.
	expect(Number(/^refused (\d+)$/.exec(said[2] ?? "")?.[1])).toBeGreaterThan(0);
	for (const level of ["urgent", "less"])
		expect(output).toMatch(
			new RegExp('level "' + level + '": .*\n.*heap growth since start-up 0 slots, 0 bytes; collections 0'),
		);
	expect(status).toBe(0);
});

test("E6 levels nest by their priorities: the more urgent in the middle of the less urgent one's turn, never the other way round", async () => {
	const { output, status } = await runProgram("level-nested", "linux");
	expect(output).toMatch(nested);
	expect(status).toBe(0);
});

test("E6 a line comes out as one piece, whoever preempts its writer", async () => {
	const { output, status } = await runProgram("lines", "linux");
	const lines = output.split("\n").filter((line) => line.startsWith("["));
	const main = lines.filter((line) =>
		/^\[ +\d+\.\d{3}\] a line of main, which is longer than that of the level is \d+$/.test(line),
	);
	const level = lines.filter((line) =>
		/^\[ +\d+\.\d{3}\] a line of the level, which has come in between \d+$/.test(line),
	);
	expect(main).toHaveLength(400);
	expect(level.length).toBeGreaterThan(0);
	expect(lines).toHaveLength(main.length + level.length);
	expect(status).toBe(0);
});

test("E6 X3 a date that main takes apart is its own, whatever the level does with another one", async () => {
	const { output, status } = await runProgram("level-dates", "linux");
	expect(output).toMatch(/^wrong 0 of \d+$/m);
	expect(output).not.toContain("wrong in the level");
	expect(status).toBe(0);
});
