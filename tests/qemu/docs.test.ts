/**
 * The documentation's examples on a board: those that need no device and end by themselves are one program, one after another; those
 * of several files are a program each. Instructions take time here, so the time is cut off the lines.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runOnNode } from "../docs/machine.ts";
import { type Example, linuxModules, onlyOnNode, readPages } from "../docs/pages.ts";
import { sourcesOf } from "../docs/program.ts";
import { runProgram } from "../programs/support.ts";

const examples = readPages().flatMap((page) => page.examples);
const apps = examples.filter(({ marks }) => marks.app !== undefined);
const BOARD = "mps2-an385";
/** Of the machine: the build computes them up to the first run(), and here are many. */
const SIZES = { measure: false, stackSlots: 2048, initialSlots: 16_384, poolBytes: 32_768 };

let folder = "";
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-docs-");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The lines of a piece of output, without the times before them. */
const lines = (text: string): string[] =>
	text.split("\n").flatMap((line) => (line === "" ? [] : [line.replace(/^\[ *\d+\.\d{3}\] /, "")]));

const prints = (example: Example): string[] => lines(example.prints.join("\n"));

function write(directory: string, { text, files }: Example): string {
	mkdirSync(directory);
	writeFileSync(directory + "/main.ts", text);
	for (const [name, content] of Object.entries(files)) writeFileSync(directory + "/" + name, content);
	return directory;
}

/** Ends with nothing left, and needs nobody to press a button. */
function standsAlone(example: Example, sources: Map<string, string>): boolean {
	const { directory, marks } = example;
	if (marks.app ?? marks.sim ?? marks.virtual ?? onlyOnNode(example)) return false;
	if (linuxModules(example).length > 0) return false;
	return runOnNode(directory, sources, undefined).left === 0;
}

describe("X1 X4 the documentation's examples on a board", () => {
	const sources = sourcesOf(examples);
	const alone = examples.filter((example) => standsAlone(example, sources));

	test(`${alone.length} of ${examples.length}, one after another, print what their pages say`, async () => {
		const modules = alone.map((example, i) => {
			write(folder + "/" + i, example);
			writeFileSync(
				folder + "/" + i + "/mark.ts",
				'import { print } from "stator";\nprint("== ' + example.place + '");\n',
			);
			return 'import "./' + i + '/mark.ts";\nimport "./' + i + '/main.ts";\n';
		});
		writeFileSync(folder + "/main.ts", modules.join("") + 'import { print } from "stator";\nprint("== end");\n');
		// Each example was proven, not the program that they are together.
		const { output, status } = await runProgram(folder + "/main.ts", BOARD, { settings: { proof: false, ...SIZES } });
		// An exception at the top of one ends the program: shared names, say, have to be each example's own.
		expect(status, output.slice(-2000)).toBe(0);
		const pieces = output.split(/^== /m).slice(1);
		const printed = pieces.map((piece) => lines(piece)).map(([place, ...rest]) => [place, rest]);
		expect(printed.slice(0, -1)).toEqual(alone.map((example) => [example.place, prints(example)]));
		expect(printed.at(-1)?.[0]).toBe("end");
	});

	test.each(apps.map((example) => [example.place, example] as const))("%s, an application", async (_place, example) => {
		const { output } = await runProgram(write(folder + "/app-" + apps.indexOf(example), example), BOARD);
		expect(lines(output.split(/^stator: /m)[0])).toEqual(prints(example));
	});
});
