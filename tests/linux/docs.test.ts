/**
 * The documentation's examples on files and sockets, on XS on this machine's io_uring: one program, one after another, in an empty
 * directory. Those on threads, which run on Node too, are a program each: threads can be begun once. Time is real here: it is cut off.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Example, linuxModules, readPages } from "../docs/pages.ts";
import { runProgram } from "../programs/support.ts";
import { skipWithoutRing } from "./ring.ts";

const examples = readPages().flatMap((page) => page.examples);
const onFiles = examples.filter((example) => linuxModules(example).includes("io"));
const onThreads = examples.filter((example) => linuxModules(example).includes("threads"));

let folder = "";
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-docs-");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The lines of a piece of output, without the times before them. */
const lines = (text: string): string[] =>
	text.split("\n").flatMap((line) => (line === "" ? [] : [line.replace(/^\[ *\d+\.\d{3}\] /, "")]));

const prints = (example: Example): string[] => lines(example.prints.join("\n"));

function write(directory: string, { text }: Example): string {
	mkdirSync(directory);
	writeFileSync(directory + "/main.ts", text);
	return directory;
}

test(`M7 M8 M9 M10 the ${onFiles.length} examples on files and sockets, one after another, print what their pages say`, async (ctx) => {
	const modules = onFiles.map((example, i) => {
		write(folder + "/" + i, example);
		writeFileSync(
			folder + "/" + i + "/mark.ts",
			'import { print } from "stator";\nprint("== ' + example.place + '");\n',
		);
		return 'import "./' + i + '/mark.ts";\nimport "./' + i + '/main.ts";\n';
	});
	writeFileSync(folder + "/main.ts", modules.join("") + 'import { print } from "stator";\nprint("== end");\n');
	const directory = folder + "/empty";
	mkdirSync(directory);
	// Each was proven, not the program that they are together (tests/unit/docs.test.ts).
	const { output, status } = await runProgram(folder + "/main.ts", "linux", { args: ["a", "b"], directory });
	skipWithoutRing(ctx, output);
	expect(status, output.slice(-2000)).toBe(0);
	const pieces = output.split(/^== /m).slice(1);
	const printed = pieces.map((piece) => lines(piece)).map(([place, ...rest]) => [place, rest]);
	expect(printed.slice(0, -1)).toEqual(onFiles.map((example) => [example.place, prints(example)]));
	expect(printed.at(-1)?.[0]).toBe("end");
	expect(readdirSync(directory)).toEqual([]);
});

test.each(onThreads.map((example) => [example.place, example] as const))(
	"A5 M13 %s, on threads, prints what its page says",
	async (_place, example) => {
		const { output, status } = await runProgram(
			write(folder + "/threads-" + onThreads.indexOf(example), example),
			"linux",
		);
		expect(lines(output.split(/^stator: /m)[0])).toEqual(prints(example));
		expect(status).toBe(0);
	},
);
