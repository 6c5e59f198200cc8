/** Timers on a board: those that an interrupt handler in C drives, and 10,000 at once. */
import { expect, test } from "vitest";
import { runProgram } from "../programs/support.ts";

const board = "mps2-an385";

test("R6 Timer<levels>: ticks from a handler in C and from a task, nobody early or late, no growth", async () => {
	const { output, status } = await runProgram("tests/programs/tick", board, { timeoutSeconds: 120 });
	expect(output).toContain("first 0\n");
	expect(output).toContain("wrong 0, beats counted, frames 6000\n");
	expect(output).toContain("heap growth since start-up 0 slots");
	expect(status).toBe(0);
}, 300_000);

test("N2 10,000 timers on one executor, each at its tick", async () => {
	const { output, status } = await runProgram("many-timers.ts", board, { timeoutSeconds: 240 });
	expect(output).toContain("fired 10000, early 0, late 0, set all in time true\n");
	expect(output).toContain("growth 0 0 0\n");
	expect(status).toBe(0);
}, 400_000);
