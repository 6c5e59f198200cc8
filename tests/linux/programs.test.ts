/** The Linux host: signals, sizes, and that it is the same engine. */
import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { buildProgram, runProgram, symbolsOf } from "../programs/support.ts";
import { byDeadline, byPriority, combined, everyPrimitive, grouped, logged, stopped } from "../programs/sync-output.ts";

test("R7 blinky on Linux, in real time", async () => {
	const start = performance.now();
	const { status, output } = await runProgram("examples/blinky", "linux");
	expect(status).toBe(0);
	expect(output.match(/led (on|off)/g)).toHaveLength(10);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(performance.now() - start).toBeGreaterThan(5000);
});

test("E1 a pool of 20,000 with the default settings: its heap grows by shares, not by steps with a collection each", async () => {
	const { status, output } = await runProgram("many-tasks.ts", "linux");
	const [, begun, collections] = /^begun (\d+), collections (\d+)$/m.exec(output) ?? [];
	expect(Number(begun)).toBe(20_000);
	expect(Number(collections)).toBeLessThan(60);
	expect(output).toContain("heap growth since start-up 0 slots");
	expect(status).toBe(0);
});

test("N2 X2 select, join and withTimeout in compiled tasks: losers leave their lists, nothing grows", async () => {
	const { status, output } = await runProgram("combinators.ts", "linux");
	expect(logged(output)).toEqual(combined);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});

test("X1 X2 async methods of a class, with a lock in a using: compiled into tasks, proven; what is left of them runs through XS's parser", async () => {
	const { status, output } = await runProgram("class-methods.ts", "linux", { settings: { proof: true } });
	expect(logged(output)).toEqual(["too much", "one 18", "two 30", "total 18", "names 11"]);
	expect(status).toBe(0);
});

test("N3 X2 a request to stop in compiled tasks: seen while waiting, before, from within; proven, nothing grows", async () => {
	const { status, output } = await runProgram("stopping.ts", "linux", { settings: { proof: true } });
	expect(logged(output)).toEqual(stopped);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});

test.each([
	["policy-priority", byPriority],
	["policy-deadline", byDeadline],
])("N6 M1 %s: the order, proven, nothing grows", async (program, expected) => {
	const { status, output } = await runProgram(program, "linux", { settings: { proof: true } });
	expect(logged(output)).toEqual(expected);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});

test("N3 M16 a group of children: waited for, left by its block's end, an exception, a cancellation; proven, nothing grows", async () => {
	const { status, output } = await runProgram("group.ts", "linux", { settings: { proof: true } });
	expect(logged(output)).toEqual(grouped);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});

test("N5 what a task sees of the polls counts the round under way", async () => {
	const { status, output } = await runProgram("stat-polls.ts", "linux");
	expect(logged(output)).toEqual(["polls 1", "polls 2", "polls 3"]);
	expect(status).toBe(0);
});

test("N1 X2 every primitive of src/sync in compiled tasks: right values, nothing grows", async () => {
	const { status, output } = await runProgram("sync.ts", "linux");
	expect(logged(output)).toEqual(everyPrimitive);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});

test("M5 X1 plain tasks on XS: awaits in a row, in helpers, with errors and a cancellation", async () => {
	const { status, output } = await runProgram("plain.ts", "linux");
	expect(output).toContain(
		"received 30\nturns 100\ndeep 21\nat once 1 2\nfailing: expected\nforever: cleaned up\nforever: cancelled\n",
	);
	expect(status).toBe(0);
});

test("M5 every kind of task in one executor at once: a compiled one, a poll, a generator, an async function", async () => {
	const { output, status } = await runProgram("kinds.ts", "linux");
	expect(output).toContain("order cwgpcwgp, values 10\n");
	expect(output.match(/ cost \d+$/gm)).toHaveLength(4);
	expect(status).toBe(0);
});

test("E8 a program that does not wait for time carries no timer code", async () => {
	const symbols = async (program: string) => symbolsOf((await buildProgram(program, "linux")).image, "nm");
	const timers = / [tT] (stator_wheel_turn|xs_stator_timer_\w+)$/m;
	expect(await symbols("examples/blinky")).toMatch(timers);
	const without = await symbols("no-timers.ts");
	expect(without).toMatch(/ [tT] stator_ready_wake$/m);
	expect(without).not.toMatch(timers);
});

test("SIGINT ends run() in order: tasks clean up, the status is 130", async () => {
	const { image } = await buildProgram("forever.ts", "linux");
	const child = spawn(image, [], { stdio: ["ignore", "pipe", "inherit"] });
	let output = "";
	child.stdout.on("data", (data: Buffer) => {
		output += data;
		if (output === "running\n") child.kill("SIGINT");
	});
	const status = await new Promise((resolve) => child.on("close", resolve));
	expect(output).toContain("running\ncleaned up\ncancelled\n");
	expect(status).toBe(130);
});

test("a program that runs out of memory says so and ends with status 65", async () => {
	const { output, status } = await runProgram("out-of-slots.ts", "linux", { settings: { heapBytes: 4_000_000 } });
	expect(output).toMatch(/out of memory for slots: asked for \d+ bytes/);
	expect(output).toContain("raise the setting heapBytes");
	expect(status).toBe(65);
});
