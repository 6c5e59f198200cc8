/** Whole programs: several modules, run(), streams, cancellation, the shape of the code, the report, source maps. */

import { cancel } from "stator";
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

test("what an async function yields, by way of functions of two modules", () => {
	const { exports } = compileAndLoad({
		"main.ts":
			'import { task, trace } from "./prelude.ts";\nimport { outer } from "./outer.ts";\nexport const main = task(async () => { trace(await outer(1)); return 1; });\n',
		"outer.ts":
			'import { inner } from "./inner.ts";\nasync function own(n: number) { return (await inner(n)) + 10; }\nexport async function outer(n: number) { const v = await own(n); return v + (await inner(v)); }\n',
		"inner.ts":
			'import { sleep } from "./prelude.ts";\nexport async function inner(n: number) { await sleep(n); return n + 100; }\n',
	});
	expect(runCompiled(exports.main)).toEqual({ events: ["112 322"], outcome: "returned 1" });
});

test("what a wait yields is taken though it is nothing: taking may consume, and may throw", () => {
	const { exports } = compileAndLoad({
		"main.ts":
			'import { Leaf } from "../../src/leaf.ts";\nimport { Signal } from "stator";\nimport { task, trace } from "./prelude.ts";\n' +
			"class Thrower extends Leaf<void> { poll() { return 0; } take() { throw new Error('taken'); } drop() {} }\n" +
			"const thrower = new Thrower();\nconst bell = new Signal<void>();\n" +
			"export const main = task(async () => { bell.signal(); await bell.wait(); trace(bell.signaled); try { await thrower; } catch (e) { trace((e as Error).message); } return 'end'; });\n",
	});
	expect(runCompiled(exports.main)).toEqual({ events: ["0 false", '0 "taken"'], outcome: 'returned "end"' });
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
	const poll = code.slice(code.indexOf("poll()"), code.indexOf("cancel()")).replace(/\s+/g, " ");
	expect(poll).toBe(
		"poll() { let $s = $state; $loop: for (;;) { if ($s) ; else { $state = 1; n++; } if ($timerLook($leaf0, 5)) { return 1; } $s = 0; } }, ",
	);
});

test("spawn gets a handle of the frame, or none", () => {
	const { exports, code, report } = compileAndLoad({
		"main.ts":
			'import * as stator from "stator";\n' +
			HEAD +
			`const worker = task({ pool: 4 }, async (n: number) => { await sleep(n); trace(n); return n; });
async function helper(n: number) { const h = stator.spawn(worker(n)); return await h.join(); }
export const main = task(async () => {
	spawn(worker(1));
	stator.trySpawn(worker(2));
	void spawn(worker(await wait(1, 3)));
	const a = spawn(worker(4));
	const b = stator.trySpawn(worker(await wait(1, 2)));
	const make = () => spawn(worker(0));
	trace(await a.join(), await b?.join(), await make().join());
	trace(await helper(1), await helper(2));
	await sleep(10);
});
`,
	});
	expect(runCompiled(exports.main)).toEqual({
		events: ["1 1", "2 2", "4 2", "4 3", "5 4", "5 0", "5 4 2 0", "6 1", "8 2", "8 1 2"],
		outcome: "returned undefined",
	});
	const compact = code.replace(/\s+/g, " ");
	expect(compact).toContain("spawn(worker(1), null);");
	expect(compact).toContain("stator.trySpawn(worker(2), null);");
	expect(compact).toContain("spawn(worker(4), $handle0)");
	expect(compact).toContain(", $handle1)");
	expect(compact).toContain("() => spawn(worker(0))");
	expect(compact.match(/const \$handle\d = new \$JoinHandle\(\);/g)).toHaveLength(3);
	expect(report.tasks.map(({ name, handles }) => [name, handles])).toEqual([
		["worker", 0],
		["main", 3],
	]);
});

test("a call's handle serves one task at a time", () => {
	const { exports } = compileAndLoad({
		"main.ts":
			HEAD +
			"const worker = task({ pool: 4 }, async () => sleep(5));\nexport const main = task(async (pause: number) => { for (let i = 0; i < 2; i++) { const h = spawn(worker()); await sleep(pause); trace(h.done); } });\n",
	});
	expect(runCompiled(exports.main, [6]).events).toEqual(["6 true", "12 true"]);
	expect(runCompiled(exports.main, [1]).outcome).toMatch(/the handle still belongs to a living task/);
});

test("yieldNow is a wake and a return", () => {
	const { exports, code, report } = compileAndLoad({
		"main.ts":
			HEAD +
			"async function twice() { await yieldNow(); await yieldNow(); }\nexport const other = task(async () => { for (let i = 0; i < 3; i++) { trace('o', i); await yieldNow(); } });\nexport const main = task(async () => { spawn(other()); trace('a', await yieldNow()); try { await twice(); trace('b'); await yieldNow(); throw 1; } catch (e) { trace('c', e); } finally { await yieldNow(); } });\nexport const forever = task(async () => { try { for (;;) await yieldNow(); } finally { await yieldNow(); trace('f'); } });\nexport const canceller = task(async () => { const h = spawn(forever()); await yieldNow(); await yieldNow(); h.cancel(); trace(h.done); await sleep(1); trace(h.done); });\n",
	});
	expect(runCompiled(exports.main)).toEqual({
		events: ['0 "o" 0', '0 "a" undefined', '0 "o" 1', '0 "o" 2', '0 "b"', '0 "c" 1'],
		outcome: "returned undefined",
	});
	expect(report.tasks[0].leaves).toEqual([]);
	expect(report.tasks[1].leaves).toEqual([]);
	expect(code).toContain("$wake($id); $state = 1; return 1;");
	expect(code.slice(code.indexOf("const other"), code.indexOf("const forever"))).not.toMatch(/yieldNow|YieldNow/);
	expect(runCompiled(exports.canceller).events).toEqual(["0 false", '0 "f"', "1 true"]);
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
	expect(from("$timerLook($leaf0, i)")).toBe(at("await sleep(i)"));
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

test("large pools have frame objects, as the option form says otherwise", () => {
	const body =
		"async (n: number, { ms = 2 }: { ms?: number } = {}) => { const use = (x: number) => trace(n, x); for (let i = 0; i < 2; i++) { await sleep(ms); use(i); } return n; }";
	const { exports, code, report } = compileAndLoad({
		"main.ts":
			HEAD +
			"const large = task({ pool: 9 }, " +
			body +
			");\nconst small = task({ pool: 8 }, " +
			body +
			");\nconst framed = task({ pool: 2, form: 'frame' }, " +
			body +
			");\nconst captured = task({ pool: 9, form: 'captured' }, " +
			body +
			");\nconst keeps = task({ pool: 9 }, async (n: number) => { function f() { trace(n); } await sleep(1); f(); });\nexport const main = task(async () => { const a = spawn(large(1)); const b = spawn(large(2, { ms: 3 })); const c = spawn(small(3)); const d = spawn(framed(4)); const e = spawn(captured(5)); spawn(keeps(6)); trace(await a.join(), await b.join(), await c.join(), await d.join(), await e.join()); });\n",
	});
	const expected = [
		"1 6",
		"2 1 0",
		"2 3 0",
		"2 4 0",
		"2 5 0",
		"3 2 0",
		"4 1 1",
		"4 3 1",
		"4 4 1",
		"4 5 1",
		"6 2 1",
		"6 1 2 3 4 5",
	];
	for (let n = 0; n < 12; n++) expect(runCompiled(exports.main).events, code).toEqual(expected);
	expect(report.tasks.map(({ name, form }) => [name, form])).toEqual([
		["large", "frame"],
		["small", "captured"],
		["framed", "frame"],
		["captured", "captured"],
		["keeps", "captured"],
		["main", "captured"],
	]);
});

test("a loop that begins the body and yields at its end needs no state: what is resumed is what was written", () => {
	const { code, exports } = compileAndLoad({
		"main.ts": main(
			"let a = 1; let stop = false; while (!stop) { a = a * 2; stop = a > 6; trace(a); await yieldNow(); }",
		),
	});
	expect(code.replace(/\s+/g, " ")).toContain(
		"let a, stop; return { start() { a = 1; stop = false; }, " +
			"poll() { if (stop) { return 0; } a = a * 2; stop = a > 6; trace(a); return 3; }, }; })",
	);
	expect(runCompiled(exports.main)).toEqual({ events: ["0 2", "0 4", "0 8"], outcome: "returned undefined" });
});

test("first values that are no constants, and variables of the module, stay where they are written", () => {
	const { exports } = compileAndLoad({
		"main.ts": main(
			"shared = 5; let a = shared; while (a < 7) { a++; await yieldNow(); } return a;",
			"export let shared = 1;\nexport const look = () => shared;",
		),
	});
	const token = exports.main();
	expect(exports.look()).toBe(1);
	cancel(token);
	expect(runCompiled(exports.main).outcome).toBe("returned 7");
});

test("a yield at the end of a loop is cancelled without dropping what the loop's head waits for", () => {
	const { exports } = compileAndLoad({
		"main.ts": main(
			"for (;;) { if (turn++ > 0) await yieldNow(); await held; }",
			"import { Wait } from './prelude.ts';\nlet turn = 0;\nconst held = new Wait<string>().start(1, 'held');",
		),
	});
	const seen = runCompiled(exports.main, [], 0);
	expect(seen.outcome).toBe("cancelled");
	expect(seen.events.filter((event) => event.includes("dropped")).length).toBeLessThanOrEqual(1);
});

test("the size of a pool may be arithmetic on constants; slots and form follow from it", () => {
	const { report } = compileAndLoad({
		"main.ts":
			HEAD +
			"const N = 4;\nconst twice = { pool: 2 * N + 1 };\nvoid twice;\n" +
			"export const main = task({ pool: 2 * N + 1 }, async () => { await sleep(1); });\n" +
			"export const few = task({ pool: (N << 1) as number }, async () => { await sleep(1); });\n",
	});
	expect(report.tasks.map(({ pool, form }) => [pool, form])).toEqual([
		[9, "frame"],
		[8, "captured"],
	]);
	expect(report.slots).toBe(17);
});

test("E1 helpers of a large pool keep their variables in its frame objects, also those of other modules", () => {
	const { code, exports, report } = compileAndLoad({
		"main.ts":
			'import { run, spawn, task, trace } from "./prelude.ts";\nimport { Meter, pause, read } from "./other.ts";\nconst m = new Meter();\n' +
			"const many = task({ pool: 20 }, async (name: string, n: number) => { for (let i = 0; i < 2; i++) { await pause(n); trace(name, await read(n), await m.level(i)); } return name; });\n" +
			"const single = task({ pool: 1 }, async () => { await pause(1); return await read(1); });\n" +
			"export const main = task(async () => { const a = spawn(many('a', 1)); const b = spawn(many('b', 2)); const c = spawn(single()); trace(await a.join(), await b.join(), await c.join()); });\n",
		"other.ts":
			'import { sleep, spawn, task, trace, wait } from "./prelude.ts";\nconst ended = task({ pool: 30 }, async (n: number) => n);\nasync function hidden(n: number) { const v = await wait(n, 3); const h = spawn(ended(v)); return (await h.join()) as number; }\n' +
			"export async function read(n: number) { try { return (await hidden(n)) * 2; } finally { await pause(1); } }\nexport async function pause(ms: number) { await sleep(ms); }\n" +
			"export class Meter { #v = 1; async level(n: number) { await sleep(n); return (this.#v += n); } }\n",
	});
	// The properties stand behind the methods.
	const frame = /\n\t\t(?:[\w$]+ = .*;\n\t\t)*[\w$]+ = .*;\n\t\};/.exec(code)?.[0] ?? "";
	// `pause` keeps nothing: its parameter is used before it waits, its timer is the task's. What names private members has a frame of its own.
	expect(frame.replace(/\s+/g, " ")).toMatch(
		/^ name = undefined; n = undefined; i = undefined; \$t\d+ = undefined; .*\$state = 0; .*\$timer = \$timerNew\(\);/,
	);
	expect(frame).not.toMatch(/ms = /);
	expect(frame.match(/\$call\d+ = /g)).toEqual(["$call2 = "]);
	expect(frame.match(/new \$(stator_)?\w+\(\)/g)).toHaveLength(3);
	const many = report.tasks.find(({ name }) => name === "many");
	expect(many).toMatchObject({
		form: "frame",
		embedded: ["pause", "read", "Meter.level"],
		embeddedDepth: 2,
		handles: 1,
	});
	const seen = runCompiled(exports.main);
	expect(seen.outcome).toBe("returned undefined");
	expect(seen.events).toEqual(['3 "a" 6 1', '5 "b" 6 1', '7 "a" 6 2', '11 "b" 6 3', '11 "a" "b" 6']);
});

test("E1 a helper that throws, catches and is cancelled does so in a frame object too", () => {
	const helpers =
		"async function risky(n: number) { try { await wait(n, 0); if (n > 1) throw new Error('far'); return n; } catch { await sleep(1); return -1; } finally { trace('f', n); } }\n" +
		"async function outer(n: number) { using g = { [Symbol.dispose]() { trace('disposed', n); } }; void g; return (await risky(n)) + (await risky(n + 1)); }";
	const body = "trace(await outer(1)); await outer(5);";
	const run = (options: string, at?: number) => {
		const { exports } = compileAndLoad({
			"main.ts": HEAD + helpers + "\nexport const main = task(" + options + "async () => {" + body + "});\n",
		});
		return runCompiled(exports.main, [], at);
	};
	expect(run("{ pool: 20 }, ").events.length).toBeGreaterThan(5);
	for (const at of [undefined, 1, 2, 3, 4, 6, 9]) expect(run("{ pool: 20 }, ", at)).toEqual(run("", at));
});

test("E1 functions, objects and classes made in a task of the form frame find its variables, whatever these are called", () => {
	const body =
		"async (n: number) => { const poll = n * 2; let start = 1; const constructor = 5; const use = function (x: number) { return n + x; }; " +
		"const holder = { m(x: number) { return poll + x; } }; const Own = class { get(x: number) { return constructor * x + n; } }; const own = new Own(); " +
		"await sleep(n); trace(use(poll), holder.m(start), own.get(2)); start++; const cancel = start; const unwind = '$f.n'; await sleep(1); trace(cancel, use(1), unwind); }";
	const run = (options: string) => {
		const { exports, code } = compileAndLoad({
			"main.ts":
				HEAD +
				"const worker = task({ " +
				options +
				" }, " +
				body +
				");\nexport const main = task(async () => { const a = spawn(worker(1)); const b = spawn(worker(2)); await a.join(); await b.join(); });\n",
		});
		return { code, seen: runCompiled(exports.main) };
	};
	const framed = run("pool: 20");
	expect(framed.code).toContain("return class {");
	expect(framed.seen.events).toEqual(["1 3 3 11", '2 2 2 "$f.n"', "2 6 5 12", '3 2 3 "$f.n"']);
	expect(framed.seen).toEqual(run("pool: 2").seen);
});

test("the code of a frame object", () => {
	const { code } = compileAndLoad({
		"main.ts":
			HEAD +
			"export let sum = 0;\nexport const main = task({ pool: 100 }, async (ms: number, count: number) => { for (let i = 0; i < count; i++) { await sleep(ms); sum += i; } });\n",
	});
	expect(code.slice(code.indexOf("$pollTask("), code.indexOf("\nimport {", 9)).replace(/\s+/g, " ")).toBe(
		'$pollTask({ name: "main", pool: 100 }, () => { return class { ' +
			"poll() { let $s = this.$state; $loop: for (;;) { " +
			"if ($s) ; else { this.$state = 1; if (!(this.i < this.count)) { return 0; } } " +
			"if ($timerLook(this.$timer, this.ms)) { return 1; } sum += this.i; this.i++; $s = 0; } } " +
			"start($p0, $p1) { this.ms = $p0; this.count = $p1; this.i = 0; this.$state = 0; } " +
			"cancel() { $timerClear(this.$timer); return 0; } " +
			"ms = undefined; count = undefined; i = undefined; $state = 0; $timer = $timerNew(); }; }, true);",
	);
});

for (const [name, body, at, expected, before] of cancellations)
	test("cancellation of a frame object " + name, () => {
		const text = main(body, before).replace("task(async", "task({ pool: 9 }, async");
		const { exports, code } = compileAndLoad({ "main.ts": text });
		for (let n = 0; n < 10; n++)
			expect(runCompiled(exports.main, [], at), code).toEqual({ events: expected, outcome: "cancelled" });
	});
