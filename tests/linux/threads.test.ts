/** Executors on threads: sums, a stress of everything at once, exceptions, memory that runs out, ends in order; and the same under ThreadSanitizer. */
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { cpus } from "node:os";
import { expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { runCommand } from "../../tools/run-command.ts";
import { executeThreaded } from "../native/support/compile.ts";
import { buildProgram, runProgram } from "../programs/support.ts";

/** What is logged, without the time. */
const logged = (output: string): string[] => [...output.matchAll(/^\[ *\d+\.\d+\] (.*)$/gm)].map(([, text]) => text);

const PROVEN = { settings: { proof: true } };

const growths = (output: string): string[] => output.match(/growth since start-up .*/g) ?? [];

test("A5 M3 M14 6,400 pieces of work on four threads: the sums are right, attached work runs where it was to, no heap grows", async () => {
	const { status, output } = await runProgram("threads", "linux", PROVEN);
	expect(logged(output)).toEqual(["sum 1", ...[0, 1, 2, 3, 4].map((n) => "ran on " + n), "ended"]);
	expect(growths(output)).toEqual(Array(5).fill("growth since start-up 0 slots, 0 bytes; collections 0"));
	expect(status).toBe(0);
}, 120_000);

test("M13 M16 stress: submit, attach, post, cancel, stop, work within work, quit: nothing is lost, no heap grows", async () => {
	const { status, output } = await runProgram("threads-stress", "linux", PROVEN);
	expect(logged(output)).toEqual(["wrong 0", "cancelled 1", "full 1", "left 1", "ended 48", "refused -125"]);
	expect(growths(output)).toEqual(Array(4).fill("growth since start-up 0 slots, 0 bytes; collections 0"));
	expect(status).toBe(0);
}, 120_000);

test("A2 a task that throws on another thread: its joiner gets the text, the console the line", async () => {
	const { status, output } = await runProgram("threads-fails", "linux");
	const text = 'task "fails" on another executor: RangeError: more than two';
	expect(output.split("\n").filter((line) => /^(two|task|ended)/.test(line))).toEqual(["two", text, text, "ended"]);
	expect(output).toContain('stator: task "fails" ended with an exception that nobody waits for:');
	expect(output).toMatch(/threads-fails\/main\.ts:12:\d+/);
	expect(status).toBe(0);
}, 120_000);
