/**
 * Positions: from bytecode to TypeScript. The engine knows lines only, so what it compiles is the bundle with a line for
 * each statement and each call (`splitLines`): a line then stands for a column as well. stator-xsc says where each of
 * these lines begins in the bytecode, the bundle's source map what was there in the source; together they become lines.c,
 * the tables that an error on a board is shown by (native/xs/position.c says how they are packed): one for each bundle of
 * the program, main's and those of its levels.
 */
import { LEAST_UPPER_BOUND, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import ts from "typescript";
import { root } from "./paths.ts";

function number(value: number, into: number[]): void {
	let rest = value >>> 0;
	while (rest >= 0x80) {
		into.push((rest & 0x7f) | 0x80);
		rest >>>= 7;
	}
	into.push(rest);
}

function signedNumber(value: number, into: number[]): void {
	number((value << 1) ^ (value >> 31), into);
}

/** A source's name as people know it: from the project's root, or from where they are. */
export function sourceName(source: string): string {
	for (const base of [root, process.cwd()]) if (source.startsWith(base + "/")) return source.slice(base.length + 1);
	return source;
}

/** A text whose lines are places of another. */
export interface Split {
	code: string;
	/** For each line: its place in the text that was split. Lines from 1, columns from 0. */
	places: { line: number; column: number }[];
}

/** Behind these words a new line would end the statement, or belong to something else. */
const KEEPS_LINE = /(?:^|[^\w$.])(?:return|throw|break|continue|yield|async)\s*$/;

function beginsLine(node: ts.Node): boolean {
	return ts.isCallExpression(node) || ts.isNewExpression(node) || (ts.isStatement(node) && !ts.isBlock(node));
}

/** The same program with each statement and each call on a line of its own. */
export function splitLines(code: string): Split {
	const source = ts.createSourceFile("bundle.js", code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
	const cuts = new Set<number>();
	const visit = (node: ts.Node): void => {
		// What stands in a template or a pattern of words may not be broken; it is one place.
		if (ts.isTaggedTemplateExpression(node)) return;
		if (beginsLine(node)) cuts.add(node.getStart(source));
		ts.forEachChild(node, visit);
	};
	visit(source);
	const places: Split["places"] = [];
	let split = "";
	let line = 1;
	for (const text of code.split("\n")) {
		const start = source.getPositionOfLineAndCharacter(line - 1, 0);
		let from = 0;
		for (let column = 0; column <= text.length; column++) {
			const ends = column === text.length;
			if (!ends && !cuts.has(start + column)) continue;
			const piece = text.slice(from, column);
			if (!ends && (piece.trim() === "" || KEEPS_LINE.test(piece))) continue;
			places.push({ line, column: from });
			split += piece + "\n";
			from = column;
		}
		line++;
	}
	return { code: split, places };
}

/** A bundle that was compiled: what leads from its bytecode to the source. */
export interface CompiledModule {
	/** Its source map. */
	map: string;
	/** Where each line that was compiled stood in it. */
	places: Split["places"];
	/** Where each such line begins in the bytecode: [offset, line], in order. */
	lines: [offset: number, line: number][];
}

export interface Original {
	source: string;
	line: number;
	column: number;
}

/** From a line that was compiled to the source; undefined: it has none. */
export function originalsOf({
	map,
	places,
}: Pick<CompiledModule, "map" | "places">): (line: number) => Original | undefined {
	const trace = new TraceMap(map);
	return (line) => {
		const place = places[line - 1];
		if (place === undefined) return undefined;
		const exact = originalPositionFor(trace, place);
		const {
			source,
			line: at,
			column,
		} = exact.source === null ? originalPositionFor(trace, { ...place, bias: LEAST_UPPER_BOUND }) : exact;
		return source === null ? undefined : { source, line: at, column };
	};
}

/** What stator-xsc says of a file that it compiles, with the places of the source. */
export function withOriginals(
	said: string,
	modules: readonly (Pick<CompiledModule, "map" | "places"> & { file: string })[],
): string {
	return said.replace(/^(.+):(\d+): (?=error: )/gm, (all, file: string, line: string) => {
		const module = modules.find((one) => one.file === file);
		const original = module === undefined ? undefined : originalsOf(module)(Number(line));
		return original === undefined
			? all
			: sourceName(original.source) + ":" + original.line + ":" + (original.column + 1) + ": ";
	});
}

/** A bundle's table. `files` are those of all tables. */
function tableOf(compiled: CompiledModule, files: string[]): number[] {
	const originalOf = originalsOf(compiled);
	const table: number[] = [];
	let last = { offset: 0, file: 0, line: 0, column: 0 };
	for (const [offset, line] of compiled.lines) {
		const original = originalOf(line);
		if (original === undefined) continue;
		const name = sourceName(original.source);
		let file = files.indexOf(name);
		if (file < 0) file = files.push(name) - 1;
		if (table.length > 0 && file === last.file && original.line === last.line && original.column === last.column)
			continue;
		number(offset - last.offset, table);
		signedNumber(file - last.file, table);
		signedNumber(original.line - last.line, table);
		number(original.column, table);
		last = { offset, file, line: original.line, column: original.column };
	}
	return table;
}

/** The C text of the tables, in the order of the program's modules. */
export function linesSource(modules: readonly CompiledModule[]): string {
	const files: string[] = [];
	const tables = modules.map((module) => tableOf(module, files));
	return (
		'/* Made by stator build: where each place of the source begins in the bytecode. */\n#include "stator-program.h"\n\n' +
		"static const char *const files[] = {\n" +
		files.map((file) => "\t" + JSON.stringify(file) + ",\n").join("") +
		"\t0,\n};\n" +
		tables
			.map(
				(table, module) =>
					"static const uint8_t table_" +
					module +
					"[] = {" +
					table.map((byte, i) => (i % 24 ? "" : "\n\t") + byte + ",").join("") +
					"\n\t0,\n};\n",
			)
			.join("") +
		"static const stator_module_lines modules[] = {\n" +
		tables.map((_, module) => "\t{ table_" + module + ", sizeof table_" + module + " - 1 },\n").join("") +
		"};\nconst stator_lines stator_the_lines = { files, " +
		tables.length +
		", modules };\n"
	);
}
