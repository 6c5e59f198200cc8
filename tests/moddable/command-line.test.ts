/** Moddable's command line on Linux: the SDK's engine (XS 17) and event loop, with programs that mcconfig builds. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { beforeEach, expect, test } from "vitest";
import { findApp } from "../../tools/app.ts";
import { build } from "../../tools/build.ts";
import { writeDist } from "../../tools/moddable/dist.ts";
import { writeLibrary } from "../../tools/moddable/library.ts";
import { createApp } from "../../tools/new/command.ts";
import { path } from "../../tools/paths.ts";
import { setQuiet } from "../../tools/report.ts";
import { run } from "../../tools/run.ts";
import { runCommand } from "../../tools/run-command.ts";
import { findTarget } from "../../tools/targets.ts";
import { checkNames } from "../suite/names.ts";
import { outcomeOf } from "../suite/on-target.ts";
import { buildForCommandLine, mcconfig, missing } from "./mcconfig.ts";

const GREW_NOTHING = "stator: heap growth since start-up 0 slots, 0 bytes; collections 0";

setQuiet(true);

beforeEach((context) => {
	const reason = missing();
	if (reason !== undefined) context.skip(reason);
});

/** What a program has logged, without the time, which is real here. */
const logged = (output: string): string[] =>
	output.split("\n").flatMap((line) => (line.startsWith("[") ? [line.replace(/^\[ *\d+\.\d+\] /, "")] : []));

test("X4 A3 A7 E3 blinky does what it does on our own Linux host, and grows nothing", async () => {
	const here = await run(await build(findApp("blinky"), findTarget("linux")), { timeoutSeconds: 30 });
	const { code, output } = await runCommand(await buildForCommandLine(findApp("blinky")), []);
	expect(code, output).toBe(0);
	expect(logged(output)).toEqual(logged(here.output));
	expect(logged(output)).toHaveLength(10);
	expect(output).toContain(GREW_NOTHING);
	expect(here.output).toContain(GREW_NOTHING);
	const ticks = [...output.matchAll(/^\[ *(\d+)\.(\d+)\]/gm)].map(([, s, ms]) => Number(s) * 1000 + Number(ms));
	for (const [i, tick] of ticks.entries()) expect(tick, "led " + i).toBeGreaterThanOrEqual(500 * (i + 1));
});

test("X4 the portable suite, in full, with a run that blocks", async () => {
	const app = { ...findApp(path("tests/suite/short.ts")), name: "suite", settings: { proof: false } };
	const { output } = await runCommand(await buildForCommandLine(app, "moddable/blocking"), []);
	for (const name of checkNames()) expect(outcomeOf(output, name), name).toBe("OK");
	expect(output).toContain("suite: " + checkNames().length + " passed, 0 failed");
});

test("N8 lights, pins and the serial line of stator/board over ECMA-419's classes", async () => {
	const app = { ...findApp(path("tests/moddable/programs/devices.ts")), settings: { proof: false } };
	const { code, output } = await runCommand(await buildForCommandLine(app), []);
	expect(code, output).toBe(0);
	expect(output.split("\n").filter((line) => line !== "" && !line.startsWith("stator:"))).toEqual([
		...["open 3 mode 1", "open 25 mode 8", "write 1", "write 0"],
		...["open 15 mode 1", "falling 1", "rising 1", "both 2", "nobody", "byte 66", "byte 67", "byte 68"],
	]);
});

test("A3 what stator new --moddable makes builds with plain mcconfig, runs and grows nothing", async () => {
	const folder = mkdtempSync(tmpdir() + "/stator-");
	try {
		const app = await createApp(folder + "/fresh", { moddable: true });
		const { output } = await runCommand("timeout", ["2.2", await mcconfig(app, "fresh")]);
		expect(logged(output)).toEqual(["led on", "led off", "led on", "led off"]);
		// It blinks for ever, and what has grown is told at the end: the same four times.
		const main = findApp(app).main;
		const text = readFileSync(main, "utf8");
		expect(text).toContain("for (;;)");
		writeFileSync(main, text.replace("for (;;)", "for (let times = 0; times < 4; times++)"));
		await writeDist(findApp(app));
		const ended = await runCommand(await mcconfig(app, "fresh"), []);
		expect(ended.code, ended.output).toBe(0);
		expect(logged(ended.output)).toEqual(logged(output));
		expect(ended.output).toContain(GREW_NOTHING);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

test("M5 a TypeScript program that mcconfig compiles itself, with the repository's manifest.json, runs as async functions of the engine", async () => {
	await writeLibrary();
	const { code, output } = await runCommand(await mcconfig(path("tests/moddable/programs/plain"), "plain"), []);
	expect(code, output).toBe(0);
	expect(logged(output)).toEqual(["got 1", "got 2", "got 3", "all sent"]);
});
