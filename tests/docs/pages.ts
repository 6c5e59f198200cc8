/**
 * The examples of the documentation, read from its pages. An example is a block of TypeScript (```ts) and, where it prints, the
 * block of text (```text) that follows at once: what it prints, line by line. It belongs to the heading above it.
 *
 * A comment before the block says what the page need not show:
 *
 * ```
 * <!-- sim: after(10, press) -->     what the simulated machine does meanwhile: statements over stator/sim
 * <!-- node: reason -->              not for a device: neither proven nor run on one
 * <!-- uncompiled: reason -->        run as ordinary async code only; also not proven
 * <!-- compiled: reason -->          run compiled only
 * <!-- virtual: reason -->           what it prints holds in virtual time alone: not compared on a board
 * <!-- app: reason -->               a program of several files with a manifest: built and run on a board, not on Node
 * <!-- file: motor.ts -->            a further file of the example that follows
 * ```
 */
import { readdirSync, readFileSync } from "node:fs";
import { path } from "../../tools/paths.ts";

export interface Example {
	/** Page and line, as people find it: "docs/reference/time.md:12". */
	place: string;
	/** Where its main.ts would be, in memory: no other example is in that directory. */
	directory: string;
	/** The names in the heading above it. */
	heading: string[];
	text: string;
	/** Name -> text, of an `app`. */
	files: Record<string, string>;
	prints: string[];
	marks: Partial<Record<Mark, string>>;
}

export type Mark = (typeof MARKS)[number];
const MARKS = ["sim", "node", "uncompiled", "compiled", "virtual", "app"] as const;

export interface Page {
	file: string;
	/** Every `name` that a heading of the page has. */
	headings: string[];
	/** Every `name` anywhere in the page. */
	mentioned: Set<string>;
	examples: Example[];
}

/** Pages whose examples are run here, beside the reference. docs/simulation.md has tests of its own. */
const BESIDE = ["README.md", "docs/coming-from.md", "docs/tracing-and-debugging.md"];

export function readPages(): Page[] {
	const reference = readdirSync(path("docs/reference")).map((name) => "docs/reference/" + name);
	return [...BESIDE, ...reference.sort()].map((file) => readPage(file, readFileSync(path(file), "utf8")));
}

const codeSpans = (line: string): string[] => [...line.matchAll(/`([^`]+)`/g)].map(([, name]) => name);

export function readPage(file: string, text: string): Page {
	const page: Page = { file, headings: [], mentioned: new Set(), examples: [] };
	let heading: string[] = [];
	let marks: Example["marks"] = {};
	let files: Example["files"] = {};
	let fileName: string | undefined;
	let printer: Example | undefined;
	const lines = text.split("\n");
	const fail = (line: number, what: string): never => {
		throw new Error(file + ":" + (line + 1) + ": " + what);
	};
	for (let i = 0; i < lines.length; i++) {
		const line = lines[i];
		const fence = /^```(\w*)/.exec(line);
		if (fence !== null) {
			const from = i + 1;
			for (i = from; lines[i] !== "```"; i++) if (i >= lines.length) fail(from - 1, "the block does not end");
			const block = lines.slice(from, i);
			if (fence[1] === "text" && printer !== undefined) printer.prints = block;
			printer = undefined;
			if (fileName !== undefined) files[fileName] = block.join("\n") + "\n";
			else if (fence[1] === "ts") {
				printer = {
					place: file + ":" + from,
					directory: path(file.replace(/\.md$/, ""), "line-" + from),
					heading,
					text: block.join("\n") + "\n",
					files,
					prints: [],
					marks,
				};
				page.examples.push(printer);
				[marks, files] = [{}, {}];
			}
			fileName = undefined;
			continue;
		}
		if (line === "") continue;
		for (const name of codeSpans(line)) page.mentioned.add(name);
		const mark = /^<!-- (\w+): (.+) -->$/.exec(line);
		if (mark?.[1] === "file") fileName = mark[2];
		else if (mark !== null && (MARKS as readonly string[]).includes(mark[1])) {
			marks[mark[1] as Mark] = mark[2];
		} else {
			if (Object.keys(marks).length + Object.keys(files).length > 0 || fileName !== undefined)
				fail(i, "a mark stands at once before its block");
			printer = undefined;
			if (line.startsWith("#")) {
				heading = codeSpans(line);
				page.headings.push(...heading);
			}
		}
	}
	return page;
}

/** What an example imports that is Linux's alone: "stator/io" is nowhere else, "stator/threads" on Node too. */
export function linuxModules({ text }: Example): string[] {
	return [...text.matchAll(/ from "stator\/(io|threads)"/g)].map(([, name]) => name);
}

/** Why an example is not for a device; undefined when it is. */
export function onlyOnNode({ text, marks }: Example): string | undefined {
	const module = /from "(stator\/(?:sim|compiler))"/.exec(text)?.[1];
	return marks.node ?? marks.uncompiled ?? (module === undefined ? undefined : module + " is for Node");
}
