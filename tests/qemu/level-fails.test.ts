/** What a board says when a priority level fails: which level, where in its TypeScript, how much of what; and how it ends. */
import { expect, test } from "vitest";
import { findApp, type Level, type LevelSettings, type Settings } from "../../tools/app.ts";
import { build } from "../../tools/build.ts";
import { path } from "../../tools/paths.ts";
import { setQuiet } from "../../tools/report.ts";
import { type RunOptions, type RunResult, run } from "../../tools/run.ts";
import { findTarget } from "../../tools/targets.ts";

setQuiet(true);

interface Choices extends RunOptions {
	settings?: Settings;
	level?: LevelSettings;
	priority?: number;
	main?: string;
}

/** Main with the level of one file of tests/programs/level-fails. */
async function runLevel(file: string, board: string, choices: Choices = {}): Promise<RunResult> {
	const { settings, level, priority, main = "main", ...options } = choices;
	const app = findApp(path("tests/programs/level-fails"));
	const [given] = app.levels as Level[];
	const source = (name: string): string => path("tests/programs/level-fails", name + ".ts");
	const built = await build(
		{
			...{ ...app, name: "level-fails-" + (main === "main" ? file : main), main: source(main) },
			settings: { ...app.settings, proof: false, measure: false, ...settings },
			levels: [{ ...given, priority: priority ?? given.priority, main: source(file), settings: { ...level } }],
		},
		findTarget(board),
	);
	return run(built, { timeoutSeconds: 120, ...options });
}

const place = (file: string, at: string): string => "  at tests/programs/level-fails/" + file + ".ts:" + at + "\n";

// Elsewhere it is the same code; netduinoplus2 has an FPU, whose registers the core stacks, and its flash elsewhere.
test.each(["mps2-an385", "netduinoplus2"])(
	"E6 X1 an exception that a level's task does not catch names file, line and column of the level's module; the level goes on, on %s",
	async (board) => {
		const { output, status } = await runLevel("throws", board);
		expect(output).toContain(
			'stator: task "checker" ended with an exception that nobody waits for:\n  RangeError: value 2\n' +
				place("throws", "6:17") +
				place("throws", "12:3"),
		);
		expect(output).toMatch(/^main begins\nstator: task (.*\n)*the level goes on\nmain ends\n/m);
		expect(status).toBe(0);
	},
);

test("E6 X1 a level's memory", async () => {
	const { output, status } = await runLevel("memory", "mps2-an385");
	expect(output).toMatch(
		/^stator: in level "failing":\nstator: out of memory for (?:slots|chunks): asked for \d+ bytes, \d+ free of the machine's block of 12288 bytes/m,
	);
	expect(output).toContain("  what to do: raise the level's setting heapBytes\n");
	expect(output).toContain("  in TypeScript, innermost first:\n" + place("memory", "9:41"));
	expect(status).toBe(65);
});

test("E6 X1 a level's XS stack", async () => {
	const { output, status } = await runLevel("stack", "mps2-an385");
	expect(output).toMatch(/^stator: in level "failing":\nstator: XS stack overflow: \d+ slots of 96 in use/m);
	expect(output).toContain("or raise the level's setting stackSlots\n");
	expect(output).toContain("  in TypeScript, innermost first:\n" + place("stack", "6:2") + place("stack", "6:2"));
	expect(status).toBe(66);
});

test("E6 X1 the C stack below a level, in the engine", async () => {
	const { output, status } = await runLevel("c-stack", "mps2-an385", { level: { stackSlots: 1000, heapBytes: 40000 } });
	expect(output).toMatch(
		/^stator: in level "failing":\nstator: C stack overflow: \d+ slots of 1000 in use on the XS stack, \d+ bytes of \d+ on the C stack\n {2}level "failing" was running: \d+ bytes of the C stack are its own, 1024 are kept for it/m,
	);
	expect(output).toContain("or raise the level's setting cStackBytes\n");
	expect(output).toContain("  in TypeScript, innermost first:\n" + place("c-stack", "6:2") + place("c-stack", "6:2"));
	expect(status).toBe(66);
});

test.each([
	["netduinoplus2", "runaway", "MemManage", 2],
	// At the priority of the fault exceptions themselves: the core cannot enter MemManage from there.
	["mps2-an385", "runaway-urgent", "HardFault", 0],
] as const)("E6 the C stack below a level, in native code, on %s: %s", async (board, file, exception, priority) => {
	const { output, status } = await runLevel(file, board, { priority });
	expect(output).toMatch(new RegExp("^main begins\nstator: " + exception, "m"));
	const [, own] =
		/below the C stack, which has overflowed\n(?:.*\n)* {2}C stack: .*it has overflowed; .*cStackBytes\n(?:.*\n)* {2}level "failing" was running: (\d+) bytes of the C stack are its own, 1024 are kept for it \(cStackBytes in its settings\)\n/.exec(
			output,
		) ?? [];
	expect(Number(own), output).toBeGreaterThan(2000);
	expect(output).toContain("  in TypeScript, innermost first:\n" + place(file, "8:2"));
	expect(status).toBe(90);
});

test("E6 main ends where the room begins that levels keep on the C stack", async () => {
	const [RESERVE, STACK, KEPT] = [768, 8192, 3072];
	const { output, status } = await runLevel("throws", "mps2-an385", {
		main: "deep-main",
		settings: { stackSlots: 1000, cStackBytes: STACK },
		level: { cStackBytes: KEPT },
	});
	expect(output).toMatch(/^stator: C stack overflow: /m);
	// No level came in between, neither in the stack's last bytes nor in the report.
	expect(output).not.toContain("failing");
	expect(status).toBe(66);
	const used = Number(/(\d+) bytes of 8192 on the C stack/.exec(output)?.[1]);
	expect(used).toBeGreaterThan(STACK - RESERVE - KEPT);
	expect(used).toBeLessThan(STACK - KEPT);
});

test("E6 X1 a fault below a level, and a board that is to reset does so", async () => {
	const { output } = await runLevel("fault", "mps2-an385", {
		settings: { onEnd: "reset" },
		until: /main begins\n(.*\n)*main begins/,
	});
	expect(output).toMatch(/^main begins\nstator: BusFault \(exception 5\) at pc [0-9a-f]{8}/m);
	expect(output).toMatch(/^ {2}level "failing" was running: \d+ bytes of the C stack are its own/m);
	expect(output).toContain("  in TypeScript, innermost first:\n" + place("fault", "8:2"));
	expect(output).toMatch(/stator: exit 90, the board resets\nmain begins/);
});
