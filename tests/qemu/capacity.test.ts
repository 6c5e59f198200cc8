/**
 * Memory that explains itself (N5): a program that says nothing gets the machine that it needs, settings still win, the
 * report has the bytes, and what does not fit fails the build with the map.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findApp, type Settings, writeCreation } from "../../tools/app.ts";
import { type Built, build } from "../../tools/build.ts";
import { setQuiet } from "../../tools/report.ts";
import { run } from "../../tools/run.ts";
import { findTarget } from "../../tools/targets.ts";
import { buildReport, formatReport } from "../../tools/task-report.ts";

let folder: string;
beforeAll(() => {
	setQuiet(true);
	folder = mkdtempSync(tmpdir() + "/stator-capacity-");
});
afterAll(() => rmSync(folder, { recursive: true }));

const HEAD = 'import { log, run, sleep, spawn, task } from "stator";\nlet sum = 0;\n';

function buildSource(name: string, source: string, board: string, settings: Settings = {}): Promise<Built> {
	mkdirSync(folder + "/" + name, { recursive: true });
	writeFileSync(folder + "/" + name + "/main.ts", HEAD + source);
	const app = findApp(folder + "/" + name);
	return build({ ...app, settings: { ...app.settings, ...settings } }, findTarget(board));
}

const oneKind = (pool: number): string => `
const worker = task({ pool: ${pool} }, async (n: number, ms: number) => {
	for (let i = 0; i < 3; i++) {
		await sleep(ms);
		sum += n;
	}
});
run(async () => {
	for (let i = 0; i < ${pool}; i++) spawn(worker(i, 1 + (i % 50)));
	while (sum < ${(3 * pool * (pool - 1)) / 2}) await sleep(10);
	log("sum", sum);
});
`;

async function ends(built: Built, sum: number): Promise<void> {
	const { output, status } = await run(built, { timeoutSeconds: 280 });
	expect(output).toMatch(new RegExp("^\\[ *\\d+\\.\\d+\\] sum " + sum + "$", "m"));
	expect(output).toContain("stator: heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
}

test("E1 N5 1000 tasks of one kind, no capacity set anywhere; an instance takes at most 200 bytes", async () => {
	const built = await buildSource("thousand", oneKind(1000), "mps2-an385");
	const report = buildReport(built);
	expect(report.slots).toBe(1001);
	expect(report.timers).toBe(1001);
	expect(report.tasks[0]).toMatchObject({ name: "worker", pool: 1000, form: "frame" });
	expect(report.tasks[0].bytesInstance).toBeLessThanOrEqual(200);
	await ends(built, 1_498_500);
});

test("E1 N5 100 kinds of task, no capacity set anywhere", async () => {
	const kinds = Array.from({ length: 100 }, (_, i) => i);
	const source = kinds.map((i) => `const kind${i} = task(async (ms: number) => { await sleep(ms); sum += ${i}; });\n`);
	const spawns = kinds.map((i) => `\tspawn(kind${i}(${1 + (i % 50)}));\n`);
	const main = `run(async () => {\n${spawns.join("")}\twhile (sum < 4950) await sleep(10);\n\tlog("sum", sum);\n});\n`;
	const built = await buildSource("hundred", source.join("") + main, "mps2-an385");
	expect(buildReport(built).slots).toBe(101);
	await ends(built, 4950);
});

test("N5 settings given by hand win, the rest is computed; the manifest gets creation", async () => {
	const built = await buildSource("given", oneKind(9), "netduinoplus2", { stackSlots: 333 });
	const report = buildReport(built);
	expect(report.measured).toBe("measured on netduinoplus2");
	expect(report.settings.stackSlots).toBe(333);
	// What start-up left, and room: computed, not the platform's default.
	const kept = built.machine.measured?.numbers.slots ?? Number.NaN;
	expect(report.settings.initialSlots).toBeGreaterThan(kept);
	expect(report.settings.initialSlots).toBeLessThanOrEqual(kept + 128 + Math.max(16, kept / 8));
	expect(report.creation.heap.initial).toBe(report.settings.initialSlots);
	const text = formatReport(built);
	expect(text).toMatch(
		/stackSlots +333 = 5328 bytes, given, creation\.stack\n +because {2}as the manifest says; it needs \d+: /,
	);
	expect(text).toMatch(/poolBytes +\d+ bytes, computed\n/);
	const manifest = folder + "/given/manifest.json";
	writeFileSync(manifest, '{\n  "modules": { "*": "./main" }\n}\n');
	writeCreation(built.app, report);
	expect(JSON.parse(readFileSync(manifest, "utf8"))).toEqual({
		modules: { "*": "./main" },
		creation: report.creation,
	});
	await ends(built, 108);
});

test("E1 N5 a machine that does not fit fails the build, with the map", async () => {
	await expect(buildSource("large", oneKind(1500), "netduinoplus2")).rejects.toThrow(
		/machine does not fit into netduinoplus2:\n {2}RAM: \d+ bytes too much\n(.*\n)*.*the machine's block +\d+\n {2}XS stack +\d+\n {2}slots +\d+\n/,
	);
});
