/** GDB on QEMU's stub and on a process: every task with its state, where it is suspended and what it waits for. M15 */
import { describe, expect, test } from "vitest";
import { debug } from "../../tools/debug.ts";
import { path } from "../../tools/paths.ts";
import { buildProgram } from "../programs/support.ts";

const shown = (output: string): string[] =>
	output
		.split("\n")
		.filter((line) => /^ *\d+ {2}\S/.test(line))
		.map((line) =>
			line
				.trim()
				.split(/ {2,}/)
				.filter((_, column) => ![4, 5, 6].includes(column))
				.join(" | ")
				.replace(/until tick \d+/, "until tick N"),
		);

describe.each(["mps2-an385", "netduinoplus2", "linux"])("M15 on %s", (target) => {
	test("info stator and stator bt, found by themselves", async () => {
		const built = await buildProgram("suspended.ts", target);
		const begin = target === "linux" ? ["break stator_port_idle", "run"] : ["break stator_port_idle", "continue"];
		const { output } = await debug(built, {
			commands: [...begin, "info stator", "stator bt nested", "stator bt 2", "stator bt nothing", "kill"],
			timeoutSeconds: 200,
		});
		expect(shown(output)).toEqual([
			"0 | nested | waiting | high | tests/programs/suspended.ts:7 | await sleep(ms) (until tick N)",
			"1 | many #0 | waiting | normal | tests/programs/suspended.ts:7 | await sleep(ms) (until tick N)",
			"2 | many #1 | waiting | normal | tests/programs/suspended.ts:7 | await sleep(ms) (until tick N)",
			"13 | byHand | waiting | normal",
			"14 | reader | waiting | normal | tests/programs/suspended.ts:21 | numbers.receive()",
			"15 | root | waiting | normal | tests/programs/suspended.ts:31 | await sleep(100) (until tick N)",
		]);
		expect(output).toMatch(
			/task 0 nested \(waiting\)\n {2}#0 {2}twice at tests\/programs\/suspended\.ts:7 {2}await sleep\(ms\) .*\n {2}#1 {2}nested at tests\/programs\/suspended\.ts:12 {2}await twice\(40\)\n/,
		);
		expect(output).toMatch(
			/task 2 many #1 \(waiting\)\n {2}#0 {2}twice at .*:7 .*\n {2}#1 {2}many #1 at .*:16 {2}await twice\(ms\)\n/,
		);
		expect(output).toContain('no task "nothing"; there are: nested, many #0');
	});
});

test.each(["mps2-an385", "linux"])(
	"M15 the tasks of every level, each with its own state, place, wait and cycles, on %s",
	async (target) => {
		const built = await buildProgram(path("tests/programs/level-tasks"), target);
		// Main goes to sleep: nothing else is under way.
		const { output } = await debug(built, {
			commands: [
				"break stator_port_idle",
				target === "linux" ? "run" : "continue",
				"info stator",
				"stator bt ticker",
				"kill",
			],
			timeoutSeconds: 200,
		});
		expect(shown(output)).toEqual([
			"0 | root | waiting | normal | tests/programs/level-tasks/pause.ts:6 | await sleep(ms) (until tick N)",
			"0 | consumer | waiting | high | tests/programs/level-tasks/slow.ts:8 | await values.receive()",
			"1 | root | waiting | normal | tests/programs/level-tasks/slow.ts:14 | await sleep(7) (until tick N)",
			"0 | ticker #0 | waiting | normal | tests/programs/level-tasks/pause.ts:6 | await sleep(ms) (until tick N)",
			"1 | ticker #1 | waiting | normal | tests/programs/level-tasks/pause.ts:6 | await sleep(ms) (until tick N)",
			"2 | root | waiting | normal | tests/programs/level-tasks/fast.ts:13 | await sleep(50) (until tick N)",
		]);
		expect(output).toMatch(
			/^executor 0: main\n(.*\n)*executor 1: level "slow" at vector 21\n(.*\n)*executor 2: level "fast" at vector 20\n/m,
		);
		expect(output).toMatch(
			/^task 1 ticker #1 \(waiting\), executor 2: level "fast" at vector 20\n {2}#0 {2}pause at .*pause\.ts:6 .*\n {2}#1 {2}ticker #1 at .*fast\.ts:7 {2}await pause\(ms\)$/m,
		);
		// Polls, cycles, the longest poll: each has run.
		const used = [...output.matchAll(/^ *\d+ {2}\S.*? {2}(?:high|normal) {2,}(\d+) +(\d+) +(\d+) {2}/gm)];
		expect(used).toHaveLength(6);
		for (const [line, polls, cycles, longest] of used) {
			expect(Number(polls), line).toBeGreaterThan(0);
			expect(Number(cycles), line).toBeGreaterThanOrEqual(Number(longest));
			expect(Number(longest), line).toBeGreaterThan(0);
		}
	},
);

test("M15 E6 signals that wake levels on Linux do not stop GDB", async () => {
	const built = await buildProgram(path("tests/programs/level-tasks"), "linux");
	// Until main sleeps for the second time levels have been woken by their timers, while it computes, too.
	const { output } = await debug(built, {
		commands: ["break stator_port_idle", "ignore 1 1", "run", "kill"],
		timeoutSeconds: 200,
	});
	expect(output).not.toContain("received signal");
	expect(output).toMatch(/^Breakpoint 1, stator_port_idle/m);
});
