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

/** A task that waits as it is written, and the root, which asks it to stop. */
const asked = (waits: string): Record<string, string> => ({
	"main.ts": `import { JoinHandle, Leaf, PENDING, READY, run, select, sleep, spawn, stopRequested, task, untilStop } from "stator";
class Never extends Leaf<void> {
	poll(): number { return stopRequested() ? READY : PENDING; }
	take(): void {}
	drop(): void {}
}
const never = new Never();
const waiter = task({ name: "waiter" }, async () => {
	${waits}
});
const handle = new JoinHandle<void>();
run(async () => {
	spawn(waiter(), handle);
	await sleep(20);
	handle.requestStop();
	await handle.join();
});
`,
});

test.each(["await untilStop();", "await select(sleep(5), untilStop()); await untilStop();"])(
	"X5 a task that waits for nothing but a request to stop does not wait in vain: %s",
	async (waits) => {
		const { report } = await simulate(program("stops-" + waits.length, asked(waits)), { ...defaults, compiled: true });
		expect(report.failure).toBeUndefined();
		expect(report.runs).toBe(defaults.runs);
	},
);

test.each(["select(sleep(5), untilStop())", "select(untilStop(), sleep(5))"])(
	"X5 a wait for a request to stop that is over does not hide that its task waits in vain: %s",
	async (waits) => {
		const name = "stops-no-more-" + waits.indexOf("u");
		const { report } = await simulate(program(name, asked("await " + waits + "; await never;")), {
			...defaults,
			compiled: true,
		});
		expect(report.failure).toMatchObject({
			invariant: "waits",
			message: "waiter waits, but nothing is there that would wake it",
		});
	},
);

test("X5 A5 tasks that wait for the work of other threads do not wait in vain", async () => {
	const shares = program("shares", {
		"main.ts": `import { print, task } from "stator";
import { run, sharedTask, submit, Work } from "stator/threads";
const square = sharedTask("square", task({ pool: 2 }, async (n: number) => n * n));
const works = [new Work(square), new Work(square), new Work(square)];
run(
	async () => {
		for (let i = 0; i < 3; i++) submit(works[i].set(i + 1));
		let sum = 0;
		for (let i = 0; i < 3; i++) {
			const value = await works[i].join();
			if (typeof value === "number") sum += value;
		}
		print("sum " + sum);
	},
	{ threads: 2 },
);
`,
	});
	const { report, last } = await simulate(shares, { ...defaults, compiled: true });
	expect(report.failure).toBeUndefined();
	expect(report.runs).toBe(defaults.runs);
	expect(last.output).toEqual(["sum 14"]);
});

test("X5 R6 a wait that is left behind when the program ends is found, also on a timer that the program drives", async () => {
	const leaves = program("leaves", {
		"main.ts": `import { done, PENDING, pollTask, READY, run, Sleep, Timer } from "stator";
const ticks = new Timer(1);
const late = ticks.sleepFor(9);
const sleep = new Sleep();
const leaver = pollTask({ name: "leaver" }, () => ({
	start() {
		sleep.start(5);
		late.start(ticks.wheel, 9);
	},
	poll(id) {
		if (sleep.poll(id) === READY) return done();
		late.poll(id);
		return PENDING;
	},
	cancel() {},
}));
run(leaver());
`,
	});
	const { report } = await simulate(leaves, { ...defaults, compiled: true });
	expect(report.failure).toMatchObject({
		invariant: "nothing left",
		message: "leaver is still in timer 0 of those driven by tick()",
	});
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
