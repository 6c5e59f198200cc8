/** What the compiler refuses: each at its line, with the reason and a way out; and what stands near it and is accepted. */
import { expect, test } from "vitest";
import { CompileError, compileText } from "../../compiler/index.ts";
import { pathOf } from "./harness.ts";

const HEAD = 'import { fail, sleep, task, trace, wait, type Wait, yieldNow } from "./prelude.ts";\n';

function refusals(source: string, more: Record<string, string> = {}): string[] {
	const files: Record<string, string> = { [pathOf("main.ts")]: HEAD + source };
	for (const [name, text] of Object.entries(more)) files[pathOf(name)] = text;
	try {
		compileText(files, pathOf("main.ts"), { root: pathOf("") });
		return [];
	} catch (error) {
		if (!(error instanceof CompileError)) throw error;
		return error.refusals.map(({ file, line, message, fix }) => {
			expect(fix).not.toBe("");
			return file + ":" + line + ": " + message;
		});
	}
}

const inTask = (body: string): string => "export const main = task(async () => {\n" + body + "\n});\n";

const refused: [name: string, source: string, line: number, message: RegExp][] = [
	["a promise in a variable", "declare const p: Promise<number>;\n" + inTask("await p;"), 4, /promise/],
	[
		"a call that gives a promise",
		"declare function p(): Promise<number>;\n" + inTask("await p();"),
		4,
		/gives a promise/,
	],
	["Promise.all", inTask("await Promise.all([wait(1, 1), wait(2, 2)]);"), 3, /promise/],
	["a value of any type", "declare const p: any;\n" + inTask("await p;"), 4, /any or unknown/],
	["a value of unknown type", "declare const p: unknown;\n" + inTask("await p;"), 4, /any or unknown/],
	["what may be awaitable", "declare const p: Wait<number> | undefined;\n" + inTask("await p;"), 4, /may or may not/],
	[
		"an async function in a let",
		"let h = async () => { await sleep(1); };\nh = h;\n" + inTask("await h();"),
		5,
		/promise/,
	],
	[
		"an async function as parameter",
		"async function f(g: () => Promise<void>) {\nawait g();\n}\n" + inTask("await f(async () => {});"),
		3,
		/promise/,
	],
	[
		"recursion",
		"async function f(n: number): Promise<void> {\nif (n) await f(n - 1);\n}\n" + inTask("await f(3);"),
		3,
		/f -> f/,
	],
	[
		"recursion in a circle",
		"async function f(): Promise<void> { await g(); }\nasync function g(): Promise<void> {\nawait f();\n}\n" +
			inTask("await f();"),
		4,
		/f -> g -> f/,
	],
	[
		"a pool whose size is known late",
		"declare const n: number;\nexport const main = task(\n{ pool: n }, async () => { await sleep(1); });",
		4,
		/size of this pool is not known/,
	],
	[
		"a frame object where a function keeps variables",
		"export const main = task({ form: 'frame' },\nasync (n: number) => { function f() { trace(n); } await sleep(1); f(); });",
		3,
		/cannot have the form frame/,
	],
	["an async call without await", "async function f() { await sleep(1); }\n" + inTask("f();"), 4, /not awaited/],
	["for...in", inTask("for (const k in { a: 1 }) await sleep(1);"), 3, /for\.\.\.in/],
	["for...in without awaits", inTask("await sleep(1); let n = 0;\nfor (const k in { a: 1 }) n++;"), 4, /for\.\.\.in/],
	["for...of over a set with awaits", inTask("for (const k of new Set([1])) await sleep(k);"), 3, /not an array/],
	["for await over what is no stream", inTask("for await (const k of [1]) trace(k);"), 3, /receive\(\) or next\(\)/],
	[
		"async generators",
		"async function* g() { yield 1; }\n" + inTask("for await (const k of g()) trace(k);"),
		4,
		/receive\(\) or next\(\)/,
	],
	["an async closure that is passed on", inTask("[1].map(\nasync (n) => n);"), 4, /used as a value/],
	[
		"a local async function as a value",
		inTask("const f = async () => { await sleep(1); };\ntrace(f);"),
		4,
		/used other than by/,
	],
	["return of a promise inside try", inTask("try {\nreturn wait(1, 1);\n} catch {}"), 4, /does not wait/],
	[
		"rest parameters",
		"async function f(...a: number[]) { await sleep(a[0]); }\n" + inTask("await f(1);"),
		2,
		/rest parameters/,
	],
	[
		"seven parameters",
		"export const main = task(async (a: number, b: number, c: number, d: number, e: number, f: number,\ng: number) => { await sleep(a + b + c + d + e + f + g); });",
		3,
		/six parameters/,
	],
	[
		"an overridden method",
		"class A { async m() { await sleep(1); } }\nclass B extends A { override async m() { await sleep(2); } }\ndeclare const a: A;\ntrace(B);\n" +
			inTask("await a.m();"),
		7,
		/overridden/,
	],
	["a class inside a task", inTask("class A {}\nawait sleep(1); trace(new A());"), 3, /class declared inside/],
	["a name of the compiler", inTask("const $state = 1; await sleep($state);"), 3, /\$state/],
	[
		"an interface's async method",
		"interface I { go(): Promise<void> }\ndeclare const i: I;\n" + inTask("await i.go();"),
		5,
		/promise/,
	],
];

for (const [name, source, line, message] of refused)
	test("refused: " + name, () => {
		const found = refusals(source);
		expect(found.length, "accepted").toBeGreaterThan(0);
		expect(found[0]).toMatch(message);
		expect(found[0]).toMatch(new RegExp("^main\\.ts:" + line + ": "));
	});

const accepted: [name: string, source: string][] = [
	["a leaf in a variable", "const w = wait(1, 1);\n" + inTask("await w;")],
	["what was tested", "declare const p: Wait<number> | undefined;\n" + inTask("if (p !== undefined) await p;")],
	["an async function in a const", "const h = async () => { await sleep(1); };\n" + inTask("await h();")],
	[
		"the same function twice",
		"async function f() { await sleep(1); }\nasync function g() { await f(); }\n" +
			inTask("await f(); await g(); await f();"),
	],
	["for...of over a set without awaits", inTask("await sleep(1); for (const k of new Set([1])) trace(k);")],
	[
		"an inherited method",
		"class A { async m() { await sleep(1); } }\nclass B extends A { async k() { await this.m(); } }\nconst b = new B();\n" +
			inTask("await b.k();"),
	],
	["return await inside try", inTask("try { return await wait(1, 1); } catch { return 0; }")],
	[
		"six parameters",
		"export const main = task(async (a: number, b: number, c: number, d: number, e: number, f: number) => { await sleep(a + b + c + d + e + f); });",
	],
	[
		"an async function that nobody awaits in a task",
		"export async function f() { await fetch('x'); }\n" + inTask("await sleep(1);"),
	],
];

for (const [name, source] of accepted)
	test("accepted: " + name, () => {
		expect(refusals(source)).toEqual([]);
	});

test("a refusal reads like a compiler's", () => {
	try {
		compileText(
			{ [pathOf("main.ts")]: HEAD + "declare const p: Promise<number>;\n" + inTask("\tawait p;") },
			pathOf("main.ts"),
			{ root: pathOf("") },
		);
		expect.unreachable();
	} catch (error) {
		const [place, source, caret, fix] = (error as Error).message.split("\n");
		expect(place).toBe("main.ts:4:2: error: `await` of a promise: each one allocates");
		expect(source).toBe("\tawait p;");
		expect(caret).toBe("\t^");
		expect(fix).toMatch(/^ {2}fix: /);
	}
});
