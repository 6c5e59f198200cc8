/**
 * The documentation's examples (tests/docs/pages.ts says what one is): every public name has one, all are typed, and each runs, as
 * compiled tasks and as plain async code, and prints what the page says. Those for devices pass the proof.
 */
import * as rollup from "rollup";
import { beforeAll, describe, expect, test } from "vitest";
import * as compiler from "../../compiler/index.ts";
import { runOnNode } from "../docs/machine.ts";
import { importsOf, type PublicName, publicNames } from "../docs/names.ts";
import { onlyOnNode, readPages } from "../docs/pages.ts";
import { compileAll, compiledSources, refusedByProof, sourcesOf, typeErrors } from "../docs/program.ts";

const pages = readPages();
const examples = pages.flatMap((page) => page.examples);
const forDevices = examples.filter((example) => onlyOnNode(example) === undefined);
const onNode = examples.filter(({ marks }) => marks.app === undefined);

/** Modules whose reference is not written yet: why. `npm test` counts them; one that has an example here is held to all of its names. */
const WITHOUT: Record<string, string> = {
	"stator/smp/linux":
		"UDP and files are Linux's alone: docs/device-management.md, and tests with clients (tests/linux/smp.test.ts)",
	"stator/threads":
		"threads are Linux's alone: the names come with their own tests (tests/linux, tests/unit/threads.test.ts)",
	"stator/io":
		"files and sockets are Linux's alone and still being added: the names come with their own tests (tests/linux)",
};

/** What examples import besides the library. */
const outside = { "stator/compiler": compiler, rollup };

let compiled: compiler.Compiled;
let sources: Map<string, string>;
let plain: Map<string, string>;
let names: PublicName[];
beforeAll(() => {
	compiled = compileAll(examples);
	sources = compiledSources(examples, compiled);
	plain = sourcesOf(examples);
	names = publicNames(compiled.program).filter(({ module }) => !(module in WITHOUT));
});

describe("every public name", () => {
	test("of a value has an example under a heading with its name", () => {
		const shown = new Set<string>();
		for (const { heading, text } of examples)
			for (const imported of importsOf(text)) if (heading.includes(imported.split(" ")[1])) shown.add(imported);
		const without = names.filter(({ isValue, module, name }) => isValue && !shown.has(module + " " + name));
		expect(without.map(({ module, name, file }) => module + " " + name + " (" + file + ")")).toEqual([]);
	});

	test("of a type is used by an example, or a page describes it", () => {
		const used = new Set(examples.flatMap(({ text }) => importsOf(text)));
		const described = (name: string) => pages.some(({ mentioned }) => mentioned.has(name));
		const without = names.filter(
			({ isValue, module, name }) => !isValue && !used.has(module + " " + name) && !described(name),
		);
		expect(without.map(({ module, name, file }) => module + " " + name + " (" + file + ")")).toEqual([]);
	});

	test("has a docstring, and so has every method of a class", () => {
		const without = names.flatMap(({ module, file, undocumented }) =>
			undocumented.map((name) => module + " " + name + " (" + file + ")"),
		);
		expect(without).toEqual([]);
	});

	const without = Object.entries(WITHOUT);
	test(`but for ${without.length} module: ${without.map((entry) => entry.join(": ")).join("; ")}`, () => {
		const used = examples.flatMap(({ text }) => importsOf(text)).map((imported) => imported.split(" ")[0]);
		expect(without.filter(([module]) => used.includes(module))).toEqual([]);
	});

	test("in a heading of the reference is there", () => {
		const all = new Set(names.map(({ name }) => name));
		const stale = pages.flatMap(({ file, headings }) =>
			file.startsWith("docs/reference/")
				? headings.filter((name) => !all.has(name)).map((name) => file + ": " + name)
				: [],
		);
		expect(stale).toEqual([]);
	});
});

test("every example is typed", () => expect(typeErrors(examples, compiled)).toEqual([]));

describe("X1 each example prints what its page says, compiled and as plain async code", () => {
	test.each(onNode.map((example) => [example.place, example] as const))("%s", (_place, example) => {
		const { directory, marks, prints } = example;
		if (marks.uncompiled === undefined)
			expect(runOnNode(directory, sources, marks.sim, outside).printed, "compiled").toEqual(prints);
		if (marks.compiled === undefined)
			expect(runOnNode(directory, plain, marks.sim, outside).printed, "uncompiled").toEqual(prints);
	});
});

test(`X2 none of the ${forDevices.length} examples for devices, of ${examples.length}, allocates after start-up`, async () => {
	expect(await refusedByProof(forDevices, compiled)).toBe("");
}, 300_000);
