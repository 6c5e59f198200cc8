/** Whole programs: several modules, run(), streams, cancellation, the shape of the code, the report, source maps. */
import { expect, test } from "vitest";
import { compileText } from "../../compiler/index.ts";
import { compileAndLoad, pathOf, runCompiled } from "./harness.ts";
import { events } from "./prelude.ts";

const HEAD = 'import { fail, run, sleep, spawn, task, trace, wait, yieldNow } from "./prelude.ts";\n';

const main = (body: string, before = ""): string =>
	HEAD + before + "\nexport const main = task(async () => {\n" + body + "\n});\n";

test("async functions, leaves and classes of other modules", () => {
	const { exports } = compileAndLoad({
		"main.ts":
			'import { task, trace } from "./prelude.ts";\nimport { Meter, pause, read } from "./other.ts";\nconst m = new Meter();\nexport const main = task(async () => { trace(await read(1)); await pause(2); trace(await m.level(3), await m.level(4)); return 1; });\n',
		"other.ts":
			'import { sleep, trace } from "./prelude.ts";\nimport { Leaf } from "../../src/leaf.ts";\nimport { Sleep } from "stator";\nclass Pause extends Leaf<void> { private s = new Sleep(); start(ms: number) { this.s.start(ms * FACTOR); return this; } poll(id: number) { return this.s.poll(id); } take() {} drop() { this.s.drop(); } }\nconst FACTOR = 3;\nexport const pause = (ms: number) => new Pause().start(ms);\nasync function hidden(n: number) { await sleep(n); return n + 1; }\nexport async function read(n: number) { const v = await hidden(n); return v * 2; }\nexport class Meter { #v = 1; async level(n: number) { await sleep(n); trace("level"); return (this.#v += n); } }\n',
	});
	expect(runCompiled(exports.main)).toEqual({
		events: ["1 4", '10 "level"', '14 "level"', "14 4 8"],
		outcome: "returned 1",
	});
});

test("run() with an async root compiles to a task", () => {
	const { exports, code, report } = compileAndLoad({
		"main.ts":
			HEAD +
			"const other = task({ pool: 2 }, async (n: number) => { await sleep(n); return n; });\nexport const value = run(async () => { const h = spawn(other(2)); await sleep(1); return (await h.join()) as number + 1; });\n",
	});
	expect(exports.value).toBe(3);
	expect(code).not.toMatch(/\brun\(async/);
	expect(report.tasks.map(({ name, pool, leaves }) => [name, pool, leaves])).toEqual([
		["other", 2, ["Sleep"]],
		["root", 1, ["Sleep", "Join"]],
	]);
	expect(report.slots).toBe(3);
});

test("for await over a stream", () => {
	const stream =
		"class Next extends Leaf<number | undefined> { private s = new Sleep(); private c!: Count; start(c: Count) { this.c = c; this.s.start(1); return this; } poll(id: number) { return this.s.poll(id); } take() { return this.c.n < 3 ? this.c.n++ : undefined; } drop() { this.s.drop(); } }\nclass Count { n = 0; next() { return new Next().start(this); } }\nconst count = new Count();";
	const { exports } = compileAndLoad({
		"main.ts":
			'import { Leaf } from "../../src/leaf.ts";\nimport { Sleep } from "stator";\nimport { sleep, task, trace } from "./prelude.ts";\n' +
			stream +
			"\nexport const main = task(async () => { for await (const x of count as unknown as AsyncIterable<number> & Count) { if (x === 1) continue; trace(x); await sleep(1); } return 'end'; });\n",
	});
	expect(runCompiled(exports.main)).toEqual({ events: ["1 0", "4 2"], outcome: 'returned "end"' });
});

const cancellations: [name: string, body: string, at: number, events: string[], before?: string][] = [
	["drops what is waited for", "await wait(10, 'a'); trace('never');", 5, ['5 "dropped" "a"']],
	[
		"runs finally, not catch",
		"try { await wait(10, 'a'); } catch { trace('never'); } finally { trace('f'); } trace('never');",
		5,
		['5 "dropped" "a"', '5 "f"'],
	],
	[
		"from inside out, with awaits",
		"try { try { await wait(10, 'a'); } finally { trace('in'); await sleep(3); trace('in 2'); } } finally { await sleep(2); trace('out'); }",
		5,
		['5 "dropped" "a"', '5 "in"', '8 "in 2"', '10 "out"'],
	],
	[
		"runs using",
		"using r = { [Symbol.dispose]() { trace('dispose'); } }; await wait(10, 'a');",
		5,
		['5 "dropped" "a"', '5 "dispose"'],
	],
	[
		"through embedded functions",
		"try { await a(); } finally { trace('main'); await sleep(1); trace('main 2'); }",
		5,
		['5 "dropped" "b"', '5 "b"', '7 "b 2"', '7 "a"', '7 "main"', '8 "main 2"'],
		"async function b() { try { await wait(10, 'b'); } finally { trace('b'); await sleep(2); trace('b 2'); } } async function a() { try { await b(); trace('never'); } finally { trace('a'); } }",
	],
	[
		"while a finally waits",
		"try { await sleep(2); } finally { await wait(10, 'f'); trace('never'); }",
		5,
		['5 "dropped" "f"'],
	],
];

for (const [name, body, at, expected, before] of cancellations)
	test("cancellation " + name, () => {
		const { exports, code } = compileAndLoad({ "main.ts": main(body, before) });
		expect(runCompiled(exports.main, [], at), code).toEqual({ events: expected, outcome: "cancelled" });
		// The slot serves the next tenant as if nothing had been.
		expect(runCompiled(exports.main, [], at)).toEqual({ events: expected, outcome: "cancelled" });
	});

test("a cleanup that throws during cancellation is what the join reports", () => {
	const { exports } = compileAndLoad({
		"main.ts": main("try { await sleep(9); } finally { throw new Error('cleanup'); }"),
	});
	expect(runCompiled(exports.main, [], 5).outcome).toBe("threw Error: cleanup");
});

test("the code of a loop with an await is what one would write by hand", () => {
	const { code } = compileAndLoad({
		"main.ts":
			HEAD + "export let n = 0;\nexport const main = task(async () => { for (;;) { n++; await sleep(5); } });\n",
	});
	const poll = code.slice(code.indexOf("poll($id)"), code.indexOf("cancel()")).replace(/\s+/g, " ");
	expect(poll).toBe(
		"poll($id) { let $s = $state; $loop: for (;;) { if ($s < 1) { n++; $leaf0.start(5); } if ($leaf0.poll($id) === 1) { $state = 1; return 1; } $s = 0; } }, ",
	);
});

test("what a frame need not have it has not", () => {
	const { code, report } = compileAndLoad({
		"main.ts": main(
			"const a = await wait(1, 2); const b = a * 2; trace(b); const c = await wait(1, b); await sleep(1); return c;",
		),
	});
	expect(code).not.toMatch(/unwind|\btry\b|switch|=>\s*\{[^}]*class/);
	// Only what lives across an await is a variable of the frame.
	expect(report.tasks[0].variables).toEqual(["c"]);
	expect(report.tasks[0].states).toBe(4);
});

test("two awaits of one function share its frame", () => {
	const { code, report } = compileAndLoad({
		"main.ts": main(
			"await f(1); await f(2); await g();",
			"async function f(n: number) { await sleep(n); } async function g() { await f(3); }",
		),
	});
	expect(code.match(/= \$machine_f\(\)/g)).toHaveLength(2);
	expect(report.tasks[0]).toMatchObject({ embedded: ["f", "g"], embeddedDepth: 2, name: "main", line: 3 });
});

test("source maps lead from each generated line to the statement", () => {
	const source =
		HEAD +
		"export const main = task(async (n: number) => {\n\tfor (let i = 0; i < n; i++) {\n\t\ttrace(i);\n\t\tawait sleep(i);\n\t\tif (i > 3)\n\t\t\tthrow new Error('x');\n\t}\n});\nexport const after = 1;\n";
	const path = pathOf("main.ts");
	const { code, maps } = compileText({ [path]: source }, path);
	const lines = code[path].split("\n");
	const mapped = decode(maps[path].mappings);
	const from = (text: string): number => mapped[lines.findIndex((line) => line.includes(text))];
	const at = (text: string): number => source.split("\n").findIndex((line) => line.includes(text));
	expect(from("trace(i)")).toBe(at("trace(i)"));
	expect(from("$leaf0.start(i)")).toBe(at("await sleep(i)"));
	expect(from("throw new Error")).toBe(at("throw new Error"));
	expect(from("export const after")).toBe(at("export const after"));
	expect(from("i++")).toBe(at("i++"));
});

/** The source line of the first segment of each generated line; -1 where there is none. */
function decode(mappings: string): number[] {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	let sourceLine = 0;
	return mappings.split(";").map((line) => {
		let first = -1;
		for (const segment of line.split(",")) {
			const fields: number[] = [];
			let [value, shift] = [0, 0];
			for (const letter of segment) {
				const digit = digits.indexOf(letter);
				value |= (digit & 31) << shift;
				shift += 5;
				if ((digit & 32) === 0) {
					fields.push(value & 1 ? -(value >> 1) : value >> 1);
					[value, shift] = [0, 0];
				}
			}
			if (fields.length < 4) continue;
			sourceLine += fields[2];
			if (first < 0) first = sourceLine;
		}
		return first;
	});
}

test("tasks with parameters, in a pool, side by side", () => {
	const { exports } = compileAndLoad({
		"main.ts":
			HEAD +
			"const worker = task({ pool: 3, priority: 'high' }, async (id: number, { ms = 2 }: { ms?: number } = {}) => { for (let i = 0; i < 2; i++) { await sleep(ms); trace(id, i); } return id; });\nexport const main = task(async () => { const a = spawn(worker(1)); const b = spawn(worker(2, { ms: 3 })); trace(await a.join(), await b.join()); });\n",
	});
	runCompiled(exports.main);
	expect([...events]).toEqual(["2 1 0", "3 2 0", "4 1 1", "6 2 1", "6 1 2"]);
});
