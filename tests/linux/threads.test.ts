/** Executors on threads: sums, a stress of everything at once, exceptions, memory that runs out, ends in order; and the same under ThreadSanitizer. */
import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { debug } from "../../tools/debug.ts";
import { buildProgram, runProgram } from "../programs/support.ts";
import { runSanitized } from "./sanitized.ts";

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
	expect(output).toMatch(/threads-fails\/main\.ts:8:\d+/);
	expect(status).toBe(0);
}, 120_000);

test.each([
	["SIGINT", 130],
	["SIGTERM", 143],
] as const)(
	"M16 %s unwinds every task on every thread, and run returns",
	async (signal, expected) => {
		const { image } = await buildProgram("threads-end", "linux");
		const child = spawn(image, [], { stdio: ["ignore", "pipe", "inherit"] });
		let output = "";
		child.stdout.on("data", (data: Buffer) => {
			const before = output.includes("running");
			output += data;
			if (!before && output.includes("running")) child.kill(signal);
		});
		const status = await new Promise((resolve) => child.on("close", resolve));
		const lines = output.split("\n").filter((line) => !line.startsWith("stator:") && !line.startsWith("  "));
		expect(lines).toEqual(["running", "main cleaned up", "cleaned up", "cleaned up", "cleaned up", "cancelled", ""]);
		expect(status).toBe(expected);
	},
	120_000,
);

test("N5 a thread that runs out of memory ends the program, and says which and what to change", async () => {
	const { status, output } = await runProgram("threads-greedy", "linux");
	expect(output).toContain("stator: in thread 2:\nstator: out of memory for ");
	expect(output).toContain("raise the threads' setting heapBytes");
	expect(output).toMatch(/threads-greedy\/main\.ts:1\d:\d+/);
	expect(output).not.toContain("not here");
	expect(status).toBe(65);
}, 120_000);

test("A5 a number of threads that is not known when the program is built is refused, with the place", async () => {
	await expect(buildProgram("threads-counted", "linux")).rejects.toThrow(
		"it has to know how many: write { threads: 4 }",
	);
}, 120_000);

test("A5 a program with threads is refused for a board", async () => {
	await expect(buildProgram("threads", "mps2-an385")).rejects.toThrow(
		"stator/threads: a board has one core and no threads",
	);
}, 120_000);

test("M15 info stator shows the executors of all threads, each with its tasks", async () => {
	const built = await buildProgram("threads-end", "linux");
	const { output } = await debug(built, {
		// Main comes by here when everything has begun.
		commands: ["break xs_stator_print", "run", "info stator", "stator bt forever", "kill"],
		timeoutSeconds: 100,
	});
	expect(output).toMatch(/executor 0: main\n(.*\n)*executor 1: thread 1\n(.*\n)*executor 2: thread 2\n/);
	expect(
		output.match(/forever #\d +waiting +normal .*threads-end\/main\.ts:9 +await sleep\(1000\) \(until tick \d+\)/g),
	).toHaveLength(3);
	expect(output).toMatch(/task \d+ forever #\d \(waiting\), executor 2: thread 2\n/);
}, 200_000);

test("A5 M13 the programs under ThreadSanitizer, the engine with them", async (ctx) => {
	if (process.env.STATOR_TSAN !== "1")
		return ctx.skip("minutes: STATOR_TSAN=1 runs it; the C half runs so in tests/native");
	for (const name of ["threads", "threads-stress"]) {
		const ended = await runSanitized(name, PROVEN.settings);
		if ("skip" in ended) return ctx.skip(ended.skip);
		expect(ended.stderr).toBe("");
		expect(ended.code).toBe(0);
		expect(growths(ended.stdout).join()).not.toMatch(/[1-9]\d* (slots|bytes)/);
	}
}, 900_000);
