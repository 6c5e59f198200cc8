/**
 * Stripping: builtins and engine code that a program cannot reach are left out of its image. This file puts the pieces
 * together and writes what the other tools read: left-out.txt for stator-rom (objects and names), stripped.c for the
 * linker (C functions, each replaced by one that reports that it was called), strip.json for people (explain.ts).
 */
import { existsSync, readFileSync } from "node:fs";
import { type CompiledModule, originalsOf } from "../lines.ts";
import { UserError } from "../report.ts";
import { runCommand } from "../run-command.ts";
import { type Engine, mentioned, readEngine } from "./engine.ts";
import { type Explanation, explain } from "./explain.ts";
import type { Keys } from "./keys.ts";
import { type Machine, readMachine } from "./machine.ts";
import { type Needs, Reach } from "./reach.ts";

export interface Program {
	/** Main's and the levels': the program's first modules. */
	bundles: (CompiledModule & { code: string })[];
	/** What stator-xsc wrote about the bytecode: [module, offset, instruction, name]. */
	uses: [number, number, number, string][];
	keys: Keys;
	/** Native binding modules: name -> file. */
	natives: Map<string, string>;
	/** The application's own C files. */
	sources: readonly string[];
	/** A source's name for people. */
	shown: (file: string) => string;
}

export interface Stripped {
	leftOut: string;
	stubs: string;
	explanation: Explanation;
}

/** Instructions whose name may be a builtin's; the others name what they make themselves, or what is imported. */
const LOOKS_UP =
	/^XS_CODE_((GET|SET|DELETE)_(PROPERTY|SUPER|VARIABLE)|GET_THIS_VARIABLE|EVAL_REFERENCE|PROGRAM_REFERENCE)$/;

/** From an offset in a module's bytecode to file:line. */
function placesOf(program: Program): (module: number, offset: number) => string {
	const { bundles } = program;
	const originals = bundles.map(originalsOf);
	return (module, offset) => {
		if (module >= bundles.length)
			return [...program.natives.keys()][module - bundles.length]?.replace(/^native:/, "") ?? "a native module";
		const { lines, places } = bundles[module];
		let low = 0;
		for (let high = lines.length; low < high; ) {
			const middle = (low + high) >> 1;
			if (lines[middle][0] <= offset) low = middle + 1;
			else high = middle;
		}
		const compiled = lines[low - 1]?.[1] ?? 0;
		const at = places[compiled - 1];
		if (at === undefined) return "the program";
		const original = originals[module](compiled);
		return original === undefined
			? "the bundle, line " + at.line
			: program.shown(original.source) + ":" + original.line;
	};
}

/** The C functions of native binding modules that the bundle imports: name -> the module. */
function importedNatives(program: Program): Map<string, string> {
	const found = new Map<string, string>();
	for (const [name, file] of program.natives) {
		const bindings = [
			...readFileSync(file, "utf8").matchAll(/^export (?:default )?function\s*(\w*)\s*\(.*?@ "(\w+)"/gm),
		];
		const imports = [
			...program.bundles
				.map(({ code }) => code)
				.join("\n")
				.matchAll(/^import\s+(.*?)\s+from\s+'([^']*)';$/gm),
		].filter(([, , from]) => from === name);
		const whole = imports.length === 0 || imports.some(([, what]) => !what.startsWith("{"));
		const names = new Set(
			imports.flatMap(([, what]) => what.slice(1, -1).split(",")).map((what) => what.trim().split(" ")[0]),
		);
		for (const [, binding, symbol] of bindings) if (whole || names.has(binding)) found.set(symbol, program.shown(file));
	}
	return found;
}

async function needsOf(program: Program, engine: Engine): Promise<Needs> {
	const place = placesOf(program);
	const needs: Needs = {
		instructions: new Map(),
		names: new Map(program.keys.names),
		anyName: program.keys.any.map(({ place: where, text }) => where + ": " + text),
		functions: importedNatives(program),
	};
	for (const [module, offset, instruction, name] of program.uses) {
		const code = engine.codes[instruction];
		if (code === undefined) throw new Error("the interpreter has no instruction " + instruction);
		if (!needs.instructions.has(code)) needs.instructions.set(code, place(module, offset));
		if (name !== "" && module < program.bundles.length && LOOKS_UP.test(code) && !needs.names.has(name))
			needs.names.set(name, place(module, offset));
	}
	for (const file of program.sources) {
		const text = await mentioned(file);
		for (const [word] of text.matchAll(/\b[A-Za-z_]\w*/g))
			if (engine.nodes[word] !== undefined) needs.functions.set(word, program.shown(file));
			else if (word.startsWith("_") && engine.ids.includes(word.slice(1)))
				needs.names.set(word.slice(1).replace("Symbol_", "Symbol."), program.shown(file));
		for (const [, word] of text.matchAll(/"(\w+)"/g)) needs.names.set(word, program.shown(file));
	}
	return needs;
}

/** For stator-rom: tools/rom/strip.c has the form. */
function leftOut(machine: Machine, reach: Reach, engine: Engine, used: Set<string>): string {
	const lines: string[] = [];
	const ids = new Set<number>();
	for (const slot of machine.slots.values())
		if (!slot.builtin || slot.internal || reach.has("property " + slot.place)) ids.add(slot.id);
	for (const slot of machine.slots.values()) {
		if (!slot.object || !reach.has("object " + slot.place)) continue;
		for (let at = machine.slots.get(slot.next); at !== undefined; at = machine.slots.get(at.next))
			if (at.builtin && !at.internal && !reach.has("property " + at.place)) lines.push("p " + at.place);
	}
	for (const index of machine.roots.keys()) if (index >= 13 && !reach.has("root " + index)) lines.push("r " + index);
	for (let id = 1; id < engine.ids.length; id++)
		if (!ids.has(id) && !reach.has("name " + id) && !used.has(machine.keys[id])) lines.push("k " + id);
	return lines.join("\n") + "\n";
}

/** Functions of the engine that can be replaced at link time: the names that its library has for others. */
async function replaceable(library: string): Promise<Set<string>> {
	const { code, output } = await runCommand("nm", ["-g", "--defined-only", library]);
	if (code !== 0) throw new UserError("cannot read " + library + ":\n" + output);
	return new Set([...output.matchAll(/^[0-9a-f]+ [TW] (\w+)$/gm)].map(([, name]) => name));
}

/** At least as many as txBehavior has. */
const BEHAVIOR_MEMBERS = 16;

/** `tables` are behaviors of objects: functions of the engine's files alone, which have no names here. */
function stubsSource(names: string[], tables: string[]): string {
	return (
		"/* Made by stator build: what the program cannot reach of the engine. */\n" +
		"void stator_report_left_out(void *from);\n" +
		"void stator_left_out(void) { stator_report_left_out(__builtin_return_address(0)); }\n" +
		names.map((name) => "void " + name + '(void) __attribute__((alias("stator_left_out")));\n').join("") +
		tables
			.map((name) => "void (*const " + name + "[])(void) = { " + "stator_left_out, ".repeat(BEHAVIOR_MEMBERS) + "};\n")
			.join("")
	);
}

/** `machineFile` is stator-rom's description; `library` the engine's, for this host. */
export async function strip(program: Program, machineFile: string, library: string): Promise<Stripped> {
	if (!existsSync(machineFile)) throw new Error(machineFile + " is missing");
	const engine = await readEngine();
	const machine = readMachine(readFileSync(machineFile, "utf8"));
	const needs = await needsOf(program, engine);
	const reach = new Reach(engine, machine, needs);
	const used = new Set(program.uses.map(([, , , name]) => name));
	const global = await replaceable(library);
	const stubs = Object.entries(engine.nodes)
		.filter(([name, node]) => node.function && global.has(name) && !reach.has("c " + name))
		.map(([name]) => name);
	return {
		leftOut: leftOut(machine, reach, engine, used),
		stubs: stubsSource(
			stubs,
			[...new Set(engine.behaviors)].filter((name) => !reach.has("c " + name)),
		),
		explanation: explain(engine, machine, reach, stubs),
	};
}
