/** `using` outside of tasks, as builds take it apart. */
import { transformSync } from "esbuild";
import { expect, test } from "vitest";
import { lowerUsing } from "../../tools/lower-using.ts";

const source = `
function open(name: string) {
	if (name === "bad") throw new Error("no " + name);
	return { [Symbol.dispose]() { events.push("closed " + name); } };
}
const events: string[] = [];
for (const name of ["bad", "good", "better"]) {
	try {
		using file = open(name);
		events.push("in " + name);
	} catch (error) {
		events.push((error as Error).message);
	}
}
return events;
`;

test("an error that was caught is not thrown again by the next turn of a loop", () => {
	const { code } = lowerUsing("function all() {" + source + "}\n", "all.ts") as { code: string };
	const { code: plain } = transformSync(code, { loader: "ts", target: "es2022" });
	expect(new Function(plain + "return all();")()).toEqual([
		"no bad",
		"in good",
		"closed good",
		"in better",
		"closed better",
	]);
});

test("what has no using is left alone, words and imports that look like it included", () => {
	expect(lowerUsing('const a = "x"; // using it\n', "a.ts")).toBeDefined(); // looked at, and the same
	expect(lowerUsing("export const using = 1;\n", "a.ts")).toBeUndefined();
	const { code } = lowerUsing('import { b } from "./b.ts";\nusing a = b();\nexport { a };\n', "a.ts") as {
		code: string;
	};
	expect(code).toMatch(/import \{ b \} from "\.\/b\.ts";/);
	expect(code).not.toMatch(/\busing\s+a/);
});
