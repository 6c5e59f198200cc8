/** The language, case by case: each body runs compiled, in both forms, and as a native async function, and all must do the same. */
import { beforeAll, expect, test } from "vitest";
import { cases } from "./cases.ts";
import { compileFiles, type Exports, evaluate, Native, pathOf, runCompiled } from "./harness.ts";

const HEAD = 'import { fail, loose, part, sleep, task, trace, wait, yieldNow } from "./prelude.ts";\n';

// One program for all: the type checker reads the library once.
const files: Record<string, string> = { "main.ts": "" };
cases.forEach(([, body, before = ""], index) => {
	const program = (name: string, options: string): void => {
		files["main.ts"] += "export { main as " + name + index + ' } from "./' + name + "-" + index + '.ts";\n';
		files[name + "-" + index + ".ts"] =
			HEAD + before + "\nexport const main = task(" + options + "async () => {\n" + body + "\n});\n";
	};
	program("captured", "");
	program("frame", "{ pool: 9 }, ");
});

const native = new Native();
let code: Record<string, string>;
let compiled: Exports;
let plain: Exports;

beforeAll(() => {
	code = compileFiles(files).code;
	compiled = evaluate(code, pathOf("main.ts"));
	const given = Object.fromEntries(Object.entries(files).map(([name, text]) => [pathOf(name), text]));
	plain = evaluate(given, pathOf("main.ts"), { "/prelude.ts": native.prelude });
}, 300_000);

/** What cannot be a frame object: functions and closures that keep its variables. */
const KEEPS = new Set([
	"closures keep the binding of their turn",
	"closures over a loop variable that the loop changes",
	"closures in a turn",
	"functions of the body",
]);

cases.forEach(([name], index) => {
	test(name, async () => {
		const expected = await native.run(plain["captured" + index], []);
		const text = code[pathOf("captured-" + index + ".ts")];
		expect(runCompiled(compiled["captured" + index]), text).toEqual(expected);
		expect(runCompiled(compiled["captured" + index]), "a second time in the same slot").toEqual(expected);
		expect(text).toContain("$pollTask(");
		const framed = code[pathOf("frame-" + index + ".ts")];
		for (let n = 0; n < 10; n++) expect(runCompiled(compiled["frame" + index]), framed).toEqual(expected);
		expect(framed.includes("return class {"), framed).toBe(!KEEPS.has(name));
	});
});
