/**
 * Interrupts on emulated boards: storms counted exactly, none lost on the way to sleep, lines that stay up, masked polls, what is
 * said of vectors that cannot be waited for. STATOR_STORM=312500 is the storm of ten virtual seconds.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { buildProgram, runProgram, symbolsOf } from "../programs/support.ts";

const STORM = Number(process.env.STATOR_STORM ?? 20_000);
const board = "mps2-an385";

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-storm-");
});
afterAll(() => rmSync(folder, { recursive: true }));

test("A8 A9 a storm, one every 500 instructions: the task sees as many as the hardware made, the others go on", async () => {
	const storm = path("tests/programs/storm");
	const text = readFileSync(storm + "/main.ts", "utf8")
		.replace("const TIMES = 20000;", "const TIMES = " + STORM + ";")
		.replace("./storm.native.js", storm + "/storm.native.js");
	expect(text).toContain("TIMES = " + STORM);
	writeFileSync(folder + "/main.ts", text);
	writeFileSync(folder + "/manifest.json", JSON.stringify({ stator: { sources: [storm + "/storm.c"] } }));
	const { output, status } = await runProgram(folder, board, { timeoutSeconds: 120 + STORM / 500 });
	expect(output).toContain("seen " + STORM + ", counted " + STORM + ", made " + STORM + "\n");
	const progress = /^waits (\d+), turns (\d+), naps (\d+), waiting 0$/m.exec(output)?.slice(1).map(Number);
	// Of 640 ms that 20,000 take: each of the other tasks has had its part.
	for (const times of progress ?? [0]) expect(times).toBeGreaterThan(STORM / 50);
	expect(status).toBe(0);
}, 1_200_000);

test("A8 A9 F3 2,000 moments around going to sleep, one timer step apart: no interrupt is lost", async () => {
	const { output, status } = await runProgram("tests/programs/storm/sweep.ts", board, { timeoutSeconds: 120 });
	expect(output).toContain("seen 2000, counted 2000, wrong 0, waiting 0\n");
	// The last of them came while it was asleep, all others before: while the wait was begun, listed, and on the way to WFI.
	expect(Number(/sleeps (\d+)/.exec(output)?.[1])).toBeGreaterThan(50);
	expect(status).toBe(0);
}, 300_000);

test("A9 hold: a line that stays up until its task has served it does not lock the machine", async () => {
	const { output, status } = await runProgram("tests/programs/storm/hold.ts", board, { timeoutSeconds: 120 });
	expect(output).toContain("seen 1000, counted 1000\n");
	expect(status).toBe(0);
}, 300_000);

test("A10 a task runs with interrupts masked until it yields, also when it throws", async () => {
	const { output, status } = await runProgram("masked", board, { timeoutSeconds: 120 });
	const lines = output.split("\n").filter((line) => !/^stator:| {2}/.test(line) && line !== "");
	expect(lines).toEqual(["during the turn 0", "woken by 1", "after it 1", "woken by 1", "at the end 2"]);
	expect(status).toBe(0);
	const unmasked = await runProgram("masked", board, { timeoutSeconds: 120, settings: { maskWhilePolling: false } });
	expect(unmasked.output).toContain("during the turn 2\n");
}, 300_000);

test("A8 A10 who waits for no interrupt and masks nothing carries no code for it", async () => {
	const symbols = async (name: string) => symbolsOf((await buildProgram(name, board)).image);
	expect(await symbols("masked")).toMatch(/stator_interrupts_came/);
	expect(await symbols("examples/blinky")).not.toMatch(/stator_interrupts|xs_stator_interrupt|stator_leave_poll/);
}, 300_000);

test("A8 vectors that are not there, or that the board's own files handle, are refused before run", async () => {
	const { output, status } = await runProgram("vectors.ts", "netduinoplus2", { timeoutSeconds: 120 });
	expect(output).toContain('RangeError: interrupt: no vector is called "UART0_RX" here; the numbers are 0 to 81\n');
	expect(output).toContain(
		"TypeError: interrupt: vector 37 (USART1) is handled by the platform itself (console, pins, clock)",
	);
	expect(output).toContain("RangeError: interrupt: there is no vector 500 here, they are 0 to 81\nno error\n");
	expect(output).toContain('RangeError: pin: this board has no pin "PA16"\n');
	expect(output).toMatch(
		/uncaught exception in the first module:\n {2}RangeError: interrupt: no vector is called "NOWHERE"/,
	);
	expect(output).not.toContain("not reached");
	expect(status).toBe(1);
}, 300_000);
