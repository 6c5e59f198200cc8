/** The Linux host: signals, sizes, and that it is the same engine. */
import { expect, test } from "vitest";
import { runCommand } from "../../tools/run-command.ts";
import { buildProgram, runProgram } from "../programs/support.ts";

test("blinky on Linux, in real time", async () => {
	const start = performance.now();
	const { status, output } = await runProgram("examples/blinky", "linux");
	expect(status).toBe(0);
	expect(output.match(/led (on|off)/g)).toHaveLength(10);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(performance.now() - start).toBeGreaterThan(5000);
});

test("SIGINT ends run() in order: tasks clean up, the status is 130", async () => {
	const { image } = await buildProgram("forever.ts", "linux");
	const script = '"$0" & pid=$!; sleep 0.5; kill -INT $pid; wait $pid; echo "status $?"';
	const { output } = await runCommand("bash", ["-mc", script, image]);
	expect(output).toContain("running\ncleaned up\ncancelled\n");
	expect(output).toContain("status 130");
});

test("a program that runs out of memory says so and ends with status 65", async () => {
	const { output, status } = await runProgram("out-of-slots.ts", "linux", { settings: { heapBytes: 4_000_000 } });
	expect(output).toMatch(/out of memory for slots: asked for \d+ bytes/);
	expect(output).toContain("raise the setting heapBytes");
	expect(status).toBe(65);
});
