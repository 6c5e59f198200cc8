/** What stripping takes for a name made at run time, and what of a bundle runs at build time. */
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { createProgram } from "../../compiler/program.ts";
import { path } from "../../tools/paths.ts";
import { preload } from "../../tools/preload.ts";
import { findKeys, type Keys } from "../../tools/strip/keys.ts";

function keysOf(text: string): Keys {
	const file = resolve("/memory/main.ts");
	const program = createProgram(file, { files: { [file]: text } });
	return findKeys(
		program,
		[file],
		(name) => name.replace("/memory/", ""),
		() => text,
	);
}

test("X7 numbers and symbols are no names of builtins", () => {
	const keys = keysOf(
		"enum E { A, B }\nconst key = Symbol();\n" +
			"export const f = (a: number[], i: number, e: E, o: { [key]: number }) => a[i] + a[0] + a[e] + a[i + 1] + o[key];\n",
	);
	expect(keys.any).toEqual([]);
	expect([...keys.names]).toEqual([]);
});

test("X7 literal keys are names", () => {
	const keys = keysOf('export const f = (o: any, k: "at" | "push") => o[k] + o["map"] + ("sort" in o);\n');
	expect(keys.any).toEqual([]);
	expect([...keys.names.keys()].sort()).toEqual(["at", "map", "push", "sort"]);
	expect(keys.names.get("at")).toBe("main.ts:1");
});

test("X7 any other key may be any name, wherever it stands", () => {
	const keys = keysOf(
		"export function f<K extends string, T>(o: any, s: string, u: unknown, k: K, t: keyof T) {\n" +
			"o[s];\no[u as any];\no[k];\no[t];\ns in o;\nconst { [s]: x } = o;\nlet y;\n({ [s]: y } = o);\nreturn [x, y];\n}\n",
	);
	expect(keys.any.map(({ place }) => place)).toEqual([2, 3, 4, 5, 6, 7, 9].map((line) => "main.ts:" + line));
});

test("X7 a literal's own computed names are not looked up", () => {
	expect(keysOf("export const f = (s: string) => ({ [s]: 1 });\n").any).toEqual([]);
});

/** A source map that says of each line which file it is from. */
function mapOf(files: string[]): string {
	const sources = [...new Set(files)];
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const vlq = (n: number): string => digits[n < 0 ? (-n << 1) | 1 : n << 1];
	let last = 0;
	const mappings = files.map((file, line) => {
		const source = sources.indexOf(file);
		const segment = "A" + vlq(source - last) + vlq(line === 0 ? 0 : 1) + "A";
		last = source;
		return segment;
	});
	return JSON.stringify({ version: 3, sources, names: [], mappings: mappings.join(";") });
}

const library = path("src/some.ts");

test("X7 the library's declarations become a function for build time, the lines stay", () => {
	const code =
		"const list = [];\nlet count = 0;\nfunction add() {\n}\nclass Box {\n}\ncount = 1;\nconst mine = new Box();\n";
	const { code: made, count } = preload(code, mapOf([...Array(7).fill(library), "/app/main.ts"]));
	expect(count).toBe(2);
	expect(made.split("\n")).toEqual([
		"var list, count, Box; export function $preload0() { list = [];",
		"count = 0; }",
		"function add() {",
		"}",
		"export function $preload1() { Box = class Box {",
		"};",
		"count = 1; }",
		"const mine = new Box();",
		"",
	]);
});

test("X7 what comes after a declaration that cannot be an assignment stays as it is", () => {
	const code = "const a = 1;\nconst { b } = a;\nconst c = b;\n";
	const { code: made } = preload(code, mapOf(Array(3).fill(library)));
	expect(made).toBe("var a; export function $preload0() { a = 1; }\nconst { b } = a;\nconst c = b;\n");
});

test("X7 an application of its own has nothing to preload", () => {
	const code = "const a = 1;\n";
	expect(preload(code, mapOf(["/app/main.ts"]))).toEqual({ code, count: 0 });
});
