/** X5 `stator sim`: the page docs/simulation.md as it stands, replays, smaller failures, both forms, and what is said when it cannot be. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { setQuiet } from "../../../tools/report.ts";
import { type SimOptions, simulate } from "../../../tools/sim/command.ts";

setQuiet(true);

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = mkdtempSync(tmpdir() + "/stator-sim-");
afterAll(() => rmSync(folder, { recursive: true }));

const defaults: SimOptions = {
	seed: 1,
	runs: 40,
	seconds: 3,
	steps: 20_000,
	compiled: false,
	skip: [],
	minimize: false,
};

/** Writes a program into a folder of its own; its path. */
function program(name: string, files: Record<string, string>): string {
	mkdirSync(folder + "/" + name);
	for (const [file, text] of Object.entries(files)) writeFileSync(folder + "/" + name + "/" + file, text);
	return folder + "/" + name;
}

/** The blocks of the page, by the word behind the language. */
const page = readFileSync(root + "docs/simulation.md", "utf8");
const blocks = new Map([...page.matchAll(/^```ts (\S+)\n(.*?)^```$/gms)].map(([, name, text]) => [name, text]));
const documented = (main: string): Record<string, string> => ({
	"tank.ts": blocks.get("tank.ts") as string,
	"sim.ts": blocks.get("sim.ts") as string,
	"main.ts": main,
});
const main = blocks.get("main.ts") as string;
const faulty = program("faulty", documented(main));

test("X5 the page's example fails as the page says, compiled, and again from its seed", async () => {
	const { report, text } = await simulate(faulty, { ...defaults, compiled: true, seconds: 10 });
	expect(report.failure).toMatchObject({ invariant: "the tank does not overflow", replayed: true, seed: 1 });
	const { step, timeMs } = report.failure as { step: number; timeMs: number };
	expect(page).toContain("seed 1, step " + step + ", " + timeMs + " ms; run 1 of this command");
	expect(text.endsWith("again:   stator sim " + faulty + " --seed 1 --runs 1")).toBe(true);
});

test("X5 with the page's correction all runs pass", async () => {
	const corrected = main.replace(
		/\t\t\tawait sleep\(10\);\n\t\t\ttank\.level\+\+;\n/,
		() => blocks.get("fixed") as string,
	);
	expect(corrected).not.toBe(main);
	const { report } = await simulate(program("corrected", documented(corrected)), defaults);
	expect(report.failure).toBeUndefined();
	expect(report.runs).toBe(defaults.runs);
});

test("X5 both forms of a program take the same steps", async () => {
	const seen = [];
	for (const compiled of [true, false]) {
		const { report, last } = await simulate("sensor-pipeline", { ...defaults, compiled, runs: 3, seconds: 1 });
		expect(report.failure).toBeUndefined();
		seen.push([report.steps, report.polls, last.output]);
	}
	expect(seen[0]).toEqual(seen[1]);
});

test("X5 a failure is made smaller, and the smaller one fails in the same way", async () => {
	const events = folder + "/events.txt";
	const { report, text } = await simulate(faulty, { ...defaults, minimize: true, events });
	const { minimized, invariant } = report.failure as NonNullable<typeof report.failure>;
	expect(minimized?.decisions).toBeLessThan(12);
	expect(text).toContain("smaller: stator sim " + faulty + " --seed 1 --runs 1 --uncompiled --seconds 3 --only ");
	const again = await simulate(faulty, { ...defaults, only: minimized?.only as number[], runs: 1 });
	expect(again.report.failure).toMatchObject({ invariant, step: minimized?.step });
	expect(readFileSync(events, "utf8")).toMatch(/happens press/);
});

test("X5 an exception is a failure with its place, a deadlock one with who waits", async () => {
	const throws = program("throws", {
		"main.ts":
			'import { run, sleep } from "stator";\nrun(async () => {\n\tawait sleep(10);\n\tthrow new Error("as planned");\n});\n',
	});
	const thrown = await simulate(throws, { ...defaults, runs: 1 });
	expect(thrown.report.failure?.invariant).toBe("exception");
	expect(thrown.report.failure?.message).toBe("Error: as planned");
	expect(thrown.text).toContain("throws/main.ts:4:");
	const waits = program("waits", {
		"main.ts":
			'import { Signal, run, sleep, spawn, task } from "stator";\nconst never = new Signal<number>();\nconst waiter = task({ name: "waiter" }, async () => { await never.wait(); });\n' +
			"run(async () => { spawn(waiter(), null); await sleep(5); await never.wait(); });\n",
	});
	const stuck = await simulate(waits, { ...defaults, runs: 20 });
	expect(stuck.report.failure?.invariant).toBe("deadlock");
	expect(stuck.report.failure?.message).toMatch(/these tasks wait: (waiter, root|root, waiter)/);
});

test("X5 a poll that never returns ends the run", { timeout: 120_000 }, async () => {
	const hangs = program("hangs", {
		"main.ts":
			'import { print, run, sleep } from "stator";\nconst busy = { turns: 0 };\nrun(async () => { await sleep(1); for (;;) if (busy.turns++ < 0) print("never"); });\n',
	});
	const { report } = await simulate(hangs, { ...defaults, runs: 2, hangsMs: 300 });
	expect(report.failure?.message).toContain("the program hangs");
});

test("X5 what cannot be simulated is refused with the reason", async () => {
	await expect(simulate("levels", defaults)).rejects.toThrow("levels has levels, and the simulated machine is one");
	await expect(simulate("tests/programs/fault", defaults)).rejects.toThrow("has native functions");
	await expect(simulate(faulty, { ...defaults, skip: ["no such"] })).rejects.toThrow('there is no invariant "no such"');
	await expect(simulate(faulty, { ...defaults, runs: 0 })).rejects.toThrow("--runs must be a whole number");
	const wrong = program("wrong", {
		"sim.ts": 'import { happens } from "stator/sim";\nhappens("x", { every: [0, 5] }, () => {});\n',
		"main.ts": 'import { run } from "stator";\nrun();\n',
	});
	const { report } = await simulate(wrong, { ...defaults, runs: 1 });
	expect(report.failure?.message).toContain('happens "x": every must be at least 1 millisecond');
});

test("X5 the command: status 3 and JSON for a failure, 0 without one", async () => {
	const command = (...args: string[]): Promise<{ code: number; stdout: string }> =>
		new Promise((resolve) =>
			execFile("node", [root + "tools/stator.mjs", "-q", "sim", ...args], (error, stdout) =>
				resolve({ code: error === null ? 0 : (error.code as unknown as number), stdout }),
			),
		);
	const failed = await command(faulty, "--uncompiled", "--runs", "20", "--json");
	expect(failed.code).toBe(3);
	expect(JSON.parse(failed.stdout)).toMatchObject({ form: "uncompiled", failure: { replayed: true } });
	const passed = await command("blinky", "--uncompiled", "--runs", "1");
	expect(passed.code).toBe(0);
	expect(passed.stdout).toMatch(/led on\n[\s\S]*1 run passed \(seed 1\)/);
});
