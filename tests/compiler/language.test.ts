/** The language, case by case: each body runs compiled and as a native async function, and both must do the same. */
import { beforeAll, expect, test } from "vitest";
import { cases } from "./cases.ts";
import { compileFiles, type Exports, evaluate, Native, pathOf, runCompiled } from "./harness.ts";

const HEAD = 'import { fail, sleep, task, trace, wait, yieldNow } from "./prelude.ts";\n';

// One program for all: the type checker reads the library once.
const files: Record<string, string> = { "main.ts": "" };
cases.forEach(([, body, before = ""], index) => {
	files["main.ts"] += "export { main as main" + index + ' } from "./case-' + index + '.ts";\n';
	files["case-" + index + ".ts"] = HEAD + before + "\nexport const main = task(async () => {\n" + body + "\n});\n";
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
});

cases.forEach(([name], index) => {
	test(name, async () => {
		const expected = await native.run(plain["main" + index], []);
		const text = code[pathOf("case-" + index + ".ts")];
		expect(runCompiled(compiled["main" + index]), text).toEqual(expected);
		expect(runCompiled(compiled["main" + index]), "a second time in the same slot").toEqual(expected);
		expect(text).toContain("$pollTask(");
	});
});
