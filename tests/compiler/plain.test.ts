/** The uncompiled form: the same source as plain tasks, in a realm whose promise jobs run when the executor says so. */

import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { rollup } from "rollup";
import esbuild from "rollup-plugin-esbuild";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Bundles a program with the library on the simulated platform and runs it; what it prints. */
async function runPlain(source: string): Promise<string[]> {
	const build = await rollup({
		input: "program",
		plugins: [
			{
				name: "plain",
				resolveId(name) {
					if (name === "program" || name === "#hal") return "\0" + name;
					if (name === "stator") return root + "src/index.ts";
					if (name.startsWith("@/")) return root + name.slice(2);
					return null;
				},
				load(id) {
					if (id === "\0program") return source;
					if (id === "\0#hal")
						return 'export * from "@/hal/sim/index.ts"; export function jobs() { drain(); return false; }';
					return null;
				},
			},
			esbuild({ target: "es2022", tsconfig: false }),
		],
		onwarn: () => {},
	});
	const { output } = await build.generate({ format: "iife", name: "program" });
	await build.close();
	const lines: string[] = [];
	const context = createContext(
		{ console: { log: (text: string) => lines.push(text) }, drain: () => runInContext("0", context) },
		{ microtaskMode: "afterEvaluate" },
	);
	runInContext(output[0].code, context);
	return lines;
}

const HEAD =
	'import { print, sleep, spawn, yieldNow, CANCELLED, JoinHandle } from "stator";\nimport { task } from "@/src/task.ts";\nimport { run } from "@/src/plain/run.ts";\n';

test("plain tasks wait, end, throw and are joined", async () => {
	const lines = await runPlain(
		HEAD +
			"const work = task({ pool: 2, name: 'work' }, async (id, ms) => { for (let i = 0; i < 2; i++) { await sleep(ms); print(id + ' ' + i); } if (id === 'b') throw new Error('bad'); return id; });\n" +
			"const root = task(async () => { const a = spawn(work('a', 2)), b = spawn(work('b', 3)); print(String(await a.join())); try { await b.join(); } catch (e) { print(e.message); } await yieldNow(); return 7; });\nprint(String(run(root())));\nprint(String(run(async () => { await sleep(1); return 8; })));",
	);
	expect(lines).toEqual(["a 0", "b 0", "a 1", "a", "b 1", "bad", "7", "8"]);
});

test("a cancelled plain task runs its finally blocks", async () => {
	const lines = await runPlain(
		HEAD +
			"const work = task(async () => { try { await sleep(100); } finally { print('f'); await sleep(1); print('g'); } });\n" +
			"run(async () => { const w = spawn(work()); await sleep(5); w.cancel(); print(String((await w.join()) === CANCELLED)); const again = spawn(work()); await sleep(1); again.cancel(); await again.join(); });",
	);
	expect(lines).toEqual(["f", "g", "true", "f", "g"]);
});

test("N3 a plain task sees that it has been asked to stop", async () => {
	const lines = await runPlain(
		'import { abortable, Channel, requestStop, STOPPED, select, stopRequested, untilStop } from "stator";\n' +
			HEAD +
			"const jobs = new Channel(1);\n" +
			"const work = task({ pool: 2 }, async () => { let sum = 0; for (;;) { const job = await abortable(jobs.receive()); if (job === STOPPED) break; sum += job; } await sleep(2); print('asked ' + stopRequested()); return sum; });\n" +
			"const until = task(async () => { const first = await select(jobs.receive(), untilStop()); return first.index; });\n" +
			"run(async () => { const w = spawn(work()); await sleep(1); jobs.trySend(4); await sleep(1); w.requestStop(); print(String(await w.join()));" +
			" const u = spawn(until()); await sleep(1); u.requestStop(); print(String(await u.join())); const t = work(); requestStop(t); print(String(await spawn(t).join())); });",
	);
	expect(lines).toEqual(["asked true", "4", "1", "asked true", "0"]);
});
