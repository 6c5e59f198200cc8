/**
 * What the engine's C code needs of the engine, read from its sources: for each function the functions, tables, objects and
 * names that it mentions; for the interpreter the same for each instruction.
 *
 * Model: the sources go through the C preprocessor with the build's own options, so that macros and conditions are the
 * compiler's; what is left is cut into top-level definitions, and each one's identifiers are its needs. An identifier is
 * taken for the thing of that name wherever it stands: a function is only ever found to need too much. Three things are
 * looked at more closely, because everything would need everything otherwise: the interpreter (fxRunID) is cut at its
 * labels, tables of functions (gxDefaults, gxTypeBigInt) are used by member, and the table of object behaviors by who makes
 * such objects.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { withLock } from "../lock.ts";
import { path } from "../paths.ts";
import { UserError } from "../report.ts";
import { runCommand } from "../run-command.ts";

/** A function, a table, a member of one, or an instruction ("op:XS_CODE_ADD"). */
export interface EngineNode {
	file: string;
	function: boolean;
	needs: string[];
	/** Places of the machine's stack that it reads, prototypes and constructors: "_RegExp", "mxRegExpPrototypeStackIndex". */
	roots: string[];
	/** Names of properties, as the engine's identifiers without the underscore: "Symbol_iterator", "length". */
	names: string[];
}

export interface Engine {
	nodes: Record<string, EngineNode>;
	/** The engine's names by their IDs, as its identifiers. */
	ids: string[];
	/** Instructions by their numbers: "XS_CODE_ADD". */
	codes: string[];
	/** Tables of functions that stand for a kind of object. */
	behaviors: string[];
	/** Where on the stack. */
	roots: Record<string, number>;
}

/** Members in their order: gxDefaults.runAsync, gxTypeBigInt._add. */
const MEMBER_TABLES: Record<string, string> = { gxDefaults: "txDefaults", gxTypeBigInt: "txTypeBigInt" };
const ROW_TABLES = ["gxTypeDispatches", "gxTypeAtomics"];

const XS = (): string => path("node_modules/@moddable/xs/moddable/xs");

/** Sources of the engine's half that the image holds (native/CMakeLists.txt), and of its glue. */
function sources(): string[] {
	const cmake = readFileSync(path("native/CMakeLists.txt"), "utf8");
	const list = (name: string): string[] => {
		const found = new RegExp("set\\(" + name + "\\s+([^)]*)\\)").exec(cmake)?.[1];
		if (found === undefined) throw new Error("native/CMakeLists.txt sets no " + name);
		return found.trim().split(/\s+/);
	};
	return [
		...list("ENGINE_SOURCES").map((name) => XS() + "/sources/" + name + ".c"),
		...list("GLUE_SOURCES").map((name) => path("native/xs", name + ".c")),
		path("native/xs/rom-boot.c"),
		path("native/xs/probe.c"),
		...readdirSync(path("native/linux"))
			.filter((name) => name.endsWith("-glue.c"))
			.map((name) => path("native/linux", name)),
	];
}

const includes = (): string[] => [
	...["native/abi", "native/xs", "native/xs/own-machine", "native/xs/exclusive", "native/linux"].map((folder) =>
		path(folder),
	),
	...["includes", "platforms", "sources"].map((folder) => XS() + "/" + folder),
];

async function preprocess(file: string): Promise<string> {
	const defines = ['XSPLATFORM="stator-xs-platform.h"', "INCLUDE_XSPLATFORM=1", "mxRun=1", "mxNoConsole=1"];
	const { code, output } = await runCommand("cc", [
		...["-E", "-P", "-w", "-O2", "-std=gnu11", "-DSTATOR_SLOT_BITS=12"],
		...defines.map((define) => "-D" + define),
		...includes().map((folder) => "-I" + folder),
		file,
	]);
	if (code !== 0) throw new UserError("cannot preprocess " + file + ":\n" + output);
	return output;
}

/** Top-level pieces of preprocessed C: what stands before the braces, and what is in them. */
function* pieces(text: string): Generator<[head: string, body: string]> {
	let depth = 0;
	let start = 0;
	let open = 0;
	let parenthesis = 0;
	for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[{}();]/g)) {
		if (token === "(") parenthesis++;
		else if (token === ")") parenthesis--;
		else if (token === "{") {
			if (depth++ === 0) open = index;
		} else if (token === "}") {
			if (--depth > 0) continue;
			const head = text.slice(start, open);
			yield [head, text.slice(open, index + 1)];
			// A function's definition ends here, all others with their semicolon.
			if (/\)\s*$/.test(head)) start = index + 1;
		} else if (token === ";" && depth === 0 && parenthesis === 0) start = index + 1;
	}
}

function enumerators(body: string, known: Map<string, number>): void {
	let value = -1;
	// The enumeration of the engine's names; C's own may begin with an underscore, too.
	const own = body.includes("_Symbol_iterator") ? "" : "_";
	for (const [, name, given] of body.slice(1, -1).matchAll(/(\w+)\s*(?:=\s*([^,]+))?(?:,|$)/g)) {
		if (given === undefined) value++;
		else value = known.get(given.trim()) ?? Number(given);
		if (!known.has(name) && (own === "" || !name.startsWith(own))) known.set(name, value);
	}
}

const withoutStrings = (text: string): string => text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, " ");

class Parser {
	readonly bodies = new Map<string, { file: string; text: string; function: boolean }>();
	readonly values = new Map<string, number>();
	readonly members = new Map<string, string[]>();

	add(file: string, text: string): void {
		for (const [head, body] of pieces(text)) {
			if (/\benum\s*\w*\s*$/.test(head)) enumerators(withoutStrings(body), this.values);
			else if (/\btypedef\s+struct\s*\w*\s*$/.test(head)) this.struct(text, body);
			else if (/\)\s*$/.test(head) && !/\btypedef\b/.test(head)) {
				const name = /(\w+)\s*\(/.exec(head.replace(/__attribute__\s*\(\(.*?\)\)/g, ""))?.[1];
				if (name !== undefined) this.define(name, file, body, true);
			} else {
				const name = /(\w+)\s*(?:\[[^\]]*\]\s*)*(?:__attribute__\s*\(\(.*?\)\)\s*)?=\s*$/.exec(head)?.[1];
				if (name !== undefined) this.define(name, file, body, false);
			}
		}
	}

	private define(name: string, file: string, body: string, isFunction: boolean): void {
		const text = withoutStrings(body);
		const before = this.bodies.get(name);
		// Two static functions of one name are taken together.
		if (before === undefined) this.bodies.set(name, { file, text, function: isFunction });
		else if (before.file !== file) before.text += text;
	}

	private struct(text: string, body: string): void {
		for (const type of Object.values(MEMBER_TABLES)) {
			if (this.members.has(type) || !text.includes(body + " " + type)) continue;
			this.members.set(
				type,
				[...body.matchAll(/\(\s*\*\s*(\w+)\s*\)|\w+\s+(\w+)\s*;/g)].map(([, pointer, plain]) => pointer ?? plain),
			);
		}
	}
}

/** The interpreter's text by its labels: each instruction with what it falls through to. */
function instructions(text: string): { before: string; parts: Map<string, string> } {
	const body = text.replace(/gxBytes\[\]\s*=\s*\{[^}]*\}/, "");
	const labels = [...body.matchAll(/^\s*(XS_(?:NO_CODE|CODE_\w+))\s*:(?!:)/gm)];
	const parts = new Map<string, string>();
	labels.forEach((label, i) => {
		const from = (label.index ?? 0) + label[0].length;
		const next = labels[i + 1];
		let part = body.slice(from, next?.index ?? body.length);
		const leaves = /(?:^|[;{}:])\s*(?:goto [^;]*|return[^;]*);\s*$/.test(part);
		if (!leaves && next !== undefined) part += " goto " + next[1] + ";";
		parts.set(label[1], part);
	});
	return { before: body.slice(0, labels[0]?.index ?? body.length), parts };
}

class Graph {
	readonly nodes: Record<string, EngineNode> = {};
	private readonly parser: Parser;
	private readonly known: Set<string>;
	private readonly ids: Map<string, number>;
	readonly behaviors: string[];
	private readonly segments: Map<string, string>;

	constructor(parser: Parser, ids: string[]) {
		this.parser = parser;
		this.ids = new Map(ids.map((name, id) => [name, id]));
		this.known = new Set(parser.bodies.keys());
		const table = parser.bodies.get("gxBehaviors")?.text ?? "";
		this.behaviors = [...table.matchAll(/&(\w+)/g)].map(([, name]) => name);
		const run = parser.bodies.get("fxRunID");
		if (run === undefined || this.behaviors.length === 0) throw new Error("the engine's sources are not as expected");
		const { before, parts } = instructions(run.text);
		this.segments = parts;
		for (const [name, { file, text, function: isFunction }] of parser.bodies)
			if (name === "fxRunID") this.put(name, file, true, before);
			else if (name in MEMBER_TABLES) this.table(name, file, text);
			else if (ROW_TABLES.includes(name)) this.rows(name, file, text);
			else if (name !== "gxBehaviors") this.put(name, file, isFunction, text);
		for (const [name, text] of parts) this.put("op:" + name, run.file, false, text);
	}

	private put(name: string, file: string, isFunction: boolean, text: string): void {
		const needs = new Set<string>();
		const roots = new Set<string>();
		const names = new Set<string>();
		const rest = text
			.replace(/-\s*1\s*-\s*(_\w+|mx\w+Index)/g, (_, root: string) => {
				roots.add(root);
				return "";
			})
			.replace(/\b(gxDefaults|gxTypeBigInt)\s*\.\s*(\w+)/g, (_, table: string, member: string) => {
				needs.add(table + "." + member);
				return "";
			});
		// Other ways to say a place of the stack: by a type's constructor (reach.ts), and all of them.
		for (const [place] of rest.matchAll(/stack(?:Prototypes|Top)\s*\[[^\]]*\w[^\]]*\]/g))
			if (!/mxErrorPrototypeStackIndex|constructorID|- *\(?id\b/.test(place))
				throw new Error("the engine's " + name + " reads " + place + ", which tools/strip does not understand");
		const compared = /[=!]=\s*(?:\(\w+\)\s*)?XS_(?:CODE_\w+|\w+_BEHAVIOR)\b/g; // who asks for them does not make them
		// All the errors' prototypes: -mxErrorPrototypeStackIndex - (which).
		if (/-\s*mxErrorPrototypeStackIndex\s*-/.test(rest))
			for (const root of this.parser.values.keys()) if (/^mx\w*ErrorPrototypeStackIndex$/.test(root)) roots.add(root);
		for (const [, label] of rest.matchAll(/\bgoto\s+(\w+)/g)) this.jump(label, needs);
		for (const [word] of rest.replace(compared, " ").matchAll(/\b[A-Za-z_]\w*/g))
			if (this.known.has(word) && word !== name) needs.add(word);
			else if (word.startsWith("_") && this.ids.has(word.slice(1))) names.add(word.slice(1));
			else if (word.startsWith("XS_CODE_") && this.segments.has(word)) needs.add("op:" + word);
			else if (/^XS_\w+_BEHAVIOR$/.test(word)) {
				const behavior = this.behaviors[this.parser.values.get(word) ?? -1];
				if (behavior !== undefined) needs.add(behavior);
			}
		this.nodes[name] = {
			file: basename(file),
			function: isFunction,
			needs: [...needs],
			roots: [...roots],
			names: [...names],
		};
	}

	/** A label of the interpreter that is no instruction belongs to the one it stands in. */
	private jump(label: string, needs: Set<string>): void {
		if (this.segments.has(label)) needs.add("op:" + label);
		else
			for (const [segment, text] of this.segments)
				if (text.includes(label + ":") || text.includes(label + " :")) needs.add("op:" + segment);
	}

	private table(name: string, file: string, text: string): void {
		const members = this.parser.members.get(MEMBER_TABLES[name]) ?? [];
		const entries = text.slice(1, -1).split(",");
		members.forEach((member, i) => {
			this.put(name + "." + member, file, false, entries[i] ?? "");
		});
		this.nodes[name] = {
			file: basename(file),
			function: false,
			needs: members.map((member) => name + "." + member),
			roots: [],
			names: [],
		};
	}

	/** Rows for types: used by the constructors of these (gxTypeDispatches#3), never as a whole. */
	private rows(name: string, file: string, text: string): void {
		[...text.slice(1, -1).matchAll(/\{([^}]*)\}/g)].forEach(([, row], i) => {
			this.put(name + "#" + i, file, false, row);
		});
		this.nodes[name] = { file: basename(file), function: false, needs: [], roots: [], names: [] };
	}
}

function newest(files: string[]): number {
	return Math.max(...files.map((file) => statSync(file).mtimeMs));
}

/** What C sources beside the engine's mention: whole files, for native functions of applications. */
export async function mentioned(file: string): Promise<string> {
	return preprocess(file).catch(() => readFileSync(file, "utf8"));
}

/** The engine's graph; kept in the build directory until its sources or this file change. */
export function readEngine(): Promise<Engine> {
	return withLock("engine", readOrParse);
}

async function readOrParse(): Promise<Engine> {
	const own = createHash("sha256")
		.update(readFileSync(path("tools/strip/engine.ts")))
		.digest("hex")
		.slice(0, 8);
	const kept = path("build/linux", "engine-" + own + ".json");
	const files = sources();
	const headers = ["native/xs", "native/abi"].flatMap((folder) =>
		readdirSync(path(folder)).map((name) => path(folder, name)),
	);
	if (existsSync(kept) && statSync(kept).mtimeMs > newest([...files, ...headers, path("native/CMakeLists.txt")]))
		return withoutPrototypes(JSON.parse(readFileSync(kept, "utf8")));
	const parser = new Parser();
	for (let i = 0; i < files.length; i += 2) {
		const two = files.slice(i, i + 2);
		(await Promise.all(two.map(preprocess))).forEach((text, j) => {
			parser.add(two[j], text);
		});
	}
	const ids = [""]; // 0 is no name
	for (const [name, id] of parser.values) if (name.startsWith("_")) ids[id] = name.slice(1);
	const roots: Engine["roots"] = {};
	for (const [name, value] of parser.values) if (/^(_\w+|mx\w+Index)$/.test(name)) roots[name] = value;
	const { nodes, behaviors } = new Graph(parser, ids);
	const codes: string[] = [];
	for (const [name, value] of parser.values) if ("op:" + name in nodes) codes[value] = name;
	const engine: Engine = { nodes, ids, codes, behaviors, roots };
	mkdirSync(dirname(kept), { recursive: true });
	writeFileSync(kept, JSON.stringify(engine));
	return withoutPrototypes(engine);
}

/** Words of C files and of programs are looked up in it, and some are "constructor". */
function withoutPrototypes(engine: Engine): Engine {
	Object.setPrototypeOf(engine.nodes, null);
	Object.setPrototypeOf(engine.roots, null);
	return engine;
}
