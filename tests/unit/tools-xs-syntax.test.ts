/** What XS's parser needs of a bundle, and how what it says leads to the source. */
import { transformSync } from "esbuild";
import { expect, test } from "vitest";
import { renameAsync } from "../../tools/async-names.ts";
import { splitLines, withOriginals } from "../../tools/lines.ts";
import { path } from "../../tools/paths.ts";

test("async as the name of a property or a field is written in full", () => {
	const renamed = (code: string): string | undefined => renameAsync(code)?.toString();
	expect(renamed("push({ value, async, b });")).toBe("push({ value, async: async, b });");
	expect(renamed("({ async } = { async });")).toBe("({ async: async } = { async: async });");
	expect(renamed("const { async = 1, b } = o;")).toBe("const { async: async = 1, b } = o;");
	expect(renamed("class A { async = 1; static async; b; }")).toBe('class A { "async" = 1; static "async"; b; }');
	for (const same of [
		"const { ...async } = o;",
		"[async, b] = c;",
		"const { a: async } = o;",
		"f({ async: 1, async() {} });",
	])
		expect(renamed(same), same).toBeUndefined();
});

test("an error of the parser's is told at the place in the source", () => {
	const source = path("examples/blinky/main.ts");
	const { code, map } = transformSync("type A = number;\nconst a: A = 1;\n\n  f(a, g());\n", {
		loader: "ts",
		sourcemap: true,
		sourcefile: source,
	});
	const { code: split, places } = splitLines(code);
	const line = split.split("\n").findIndex((text) => text.startsWith("g()")) + 1;
	expect(line).toBeGreaterThan(1);
	const modules = [{ file: "/of/a/build.js", map, places }];
	const said = (file: string, at: number): string =>
		withOriginals(file + ":" + at + ": error: missing )\nmore\n", modules);
	expect(said("/of/a/build.js", line)).toBe("examples/blinky/main.ts:4:8: error: missing )\nmore\n");
	expect(said("/of/a/build.js", 999)).toBe("/of/a/build.js:999: error: missing )\nmore\n");
	expect(said("/another.js", line)).toContain("/another.js:" + line);
});
