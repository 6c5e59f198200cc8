/**
 * Bad input to the command line: each gets a clear error that says what and where and what to do. The commands run beside each other:
 * most of their time each is one process that loads the compiler.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { runCommand } from "../../tools/run-command.ts";

const stator = (...args: string[]) => runCommand("node", [path("tools/stator.mjs"), ...args]);
let folder: string;

function program(name: string, source: string): string {
	const file = folder + "/" + name + ".ts";
	writeFileSync(file, source);
	return file;
}

/** A program with a manifest, in a folder of its own. */
function application(name: string, settings: object): string {
	mkdirSync(folder + "/" + name);
	program(name + "/main", 'import { print } from "stator";\nprint("x");\n');
	writeFileSync(folder + "/" + name + "/manifest.json", JSON.stringify({ stator: { settings } }));
	return folder + "/" + name;
}

beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-errors-");
});
afterAll(() => rmSync(folder, { recursive: true }));

test.concurrent("a board that is not there", async () => {
	const { code, output } = await stator("run", "blinky", "--board", "nano33");
	expect(code).toBe(2);
	expect(output).toContain('error: there is no board "nano33"');
	expect(output).toContain("boards: " + ["linux", ...readdirSync(path("native/cortex-m/boards"))].join(", "));
});

test.concurrent("an application that is not there", async () => {
	const { code, output } = await stator("build", "no-such-app");
	expect(code).toBe(2);
	expect(output).toContain('there is no application "no-such-app"');
});

test.concurrent("a module that imports a file that is not there", async () => {
	const { code, output } = await stator(
		"build",
		program("nofile", 'import { a } from "./nowhere.ts";\nconsole.log(a);\n'),
	);
	expect(code).toBe(1);
	expect(output).toMatch(/nofile\.ts.*nowhere\.ts|nowhere\.ts.*nofile\.ts/);
});

test.concurrent("a module that imports a name that is not there", async () => {
	const { code, output } = await stator(
		"build",
		program("noname", '// one\nimport { nothing } from "stator";\nnothing();\n'),
	);
	expect(code).toBe(1);
	expect(output).toMatch(/noname\.ts:2:\d+: .*nothing/);
});

test.concurrent("a part of stator that is not there, and an npm package", async () => {
	const part = await stator("build", program("nopart", 'import { x } from "stator/nothing";\nx();\n'));
	expect(part.code).toBe(1);
	expect(part.output).toContain('there is no module "stator/nothing" in stator');
	const npm = await stator("build", program("npm", 'import _ from "lodash";\n_();\n'));
	expect(npm.code).toBe(1);
	expect(npm.output).toContain("lodash");
	expect(npm.output).toContain("npm packages do not reach a device");
});

test.concurrent("a source that does not parse", async () => {
	const { code, output } = await stator("build", program("syntax", "let = 3 +;\n"));
	expect(code).toBe(1);
	expect(output).toMatch(/syntax\.ts/);
});

test.concurrent("native functions that no C file defines", async () => {
	const { code, output } = await stator("build", path("tests/programs/missing-native"));
	expect(code).toBe(1);
	expect(output).toContain("native functions that no C file defines: xs_test_nowhere");
});

test.concurrent("a program whose RAM does not fit: by how much, of what", async () => {
	const { code, output } = await stator("build", application("ram", { poolBytes: 200000 }), "--board", "netduinoplus2");
	expect(code).toBe(1);
	expect(output).toMatch(
		/does not fit into netduinoplus2:\n {2}RAM: \d+ bytes too much for the 131072 bytes of netduinoplus2/,
	);
});

test.concurrent("a program whose flash does not fit: by how much, of what", async () => {
	const text = JSON.stringify("x".repeat(1_048_576)); // as large as the flash, whatever of the engine is left out
	const { code, output } = await stator(
		"build",
		program("large", 'import { print } from "stator";\nprint(' + text + ");\n"),
		"--board",
		"netduinoplus2",
	);
	expect(code).toBe(1);
	expect(output).toMatch(/FLASH: \d+ bytes too much for the 1048576 bytes of netduinoplus2/);
});

test.concurrent("settings that are not there or make no sense", async () => {
	const unknown = await stator("build", application("unknown", { stackSlot: 1 }));
	const wrong = await stator("build", application("wrong", { stackSlots: "many" }));
	expect(unknown.output).toContain("stator.settings has no stackSlot");
	expect(unknown.output).toContain("the nearest is stackSlots; stator.settings has stackSlots, ");
	expect(wrong.output).toContain('stator.settings.stackSlots must be a whole number, not "many"');
});

test.concurrent("a type error does not stop a build, and is said with its place", async () => {
	const file = program(
		"types",
		'import { log } from "stator";\n\nlog("sums", 1, 2);\nlet unused = 1;\nenum Mode { On }\nlog("mode", Mode.On);\n',
	);
	const { code, output } = await stator("build", file);
	expect(code).toBe(0);
	expect(output.match(/^.*warning: .*$/gm)).toEqual([
		expect.stringMatching(/types\.ts:3:16: Expected 1-2 arguments, but got 3\.$/),
	]);
});

test.concurrent("a refusal that follows from a type error comes behind it", async () => {
	const source = 'import { run, Ticker } from "stator";\nrun(async () => {\n\tawait new Ticker(10).next();\n});\n';
	const { code, output } = await stator("build", program("typo", source));
	expect(code).toBe(1);
	expect(output).toMatch(
		/typo\.ts:3:23: Property 'next' does not exist on type 'Ticker'\.\n(.*\n)*.*typo\.ts:3:2: error: `await` of a value whose type is any/,
	);
});

test.concurrent("what the parser of XS does not take ends the compiler with its first error", async () => {
	await stator("build", "blinky"); // makes the compiler
	const file = folder + "/syntax.js";
	writeFileSync(file, "export const static = 1, let = 2;\nexport const o = { static, yield, let };\n");
	const { code, output } = await runCommand(path("build/linux/stator-xsc"), [
		"-o",
		folder + "/syntax.c",
		"main=" + file,
	]);
	expect(output).toBe(file + ":1: error: missing identifier\n");
	expect(code).toBe(1);
});
