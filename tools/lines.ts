/**
 * Positions: from bytecode to TypeScript. The engine knows lines only, so what it compiles is the bundle with a line for
 * each statement and each call (`splitLines`): a line then stands for a column as well. stator-xsc says where each of
 * these lines begins in the bytecode, the bundle's source map what was there in the source; together they become lines.c,
 * the table that an error on a board is shown by (native/xs/position.c says how it is packed).
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

/** The C text of the table. `lines` are [offset in the bytecode, line of what was split], in order. */
export function linesSource(lines: [number, number][], map: string, places: Split["places"]): string {
	const trace = new TraceMap(map);
	const files: string[] = [];
	const table: number[] = [];
	let lastOffset = 0;
	let lastFile = 0;
	let lastLine = 0;
	let lastColumn = 0;
	for (const [offset, line] of lines) {
		const place = places[line - 1];
		if (place === undefined) continue;
		const exact = originalPositionFor(trace, place);
		const original = exact.source === null ? originalPositionFor(trace, { ...place, bias: LEAST_UPPER_BOUND }) : exact;
		if (original.source === null) continue;
		const name = sourceName(original.source);
		let file = files.indexOf(name);
		if (file < 0) file = files.push(name) - 1;
		if (table.length > 0 && file === lastFile && original.line === lastLine && original.column === lastColumn) continue;
		number(offset - lastOffset, table);
		signedNumber(file - lastFile, table);
		signedNumber(original.line - lastLine, table);
		number(original.column, table);
		lastOffset = offset;
		lastFile = file;
		lastLine = original.line;
		lastColumn = original.column;
	}
	return (
		'/* Made by stator build: where each place of the source begins in the bytecode. */\n#include "stator-program.h"\n\n' +
		"static const char *const files[] = {\n" +
		files.map((file) => "\t" + JSON.stringify(file) + ",\n").join("") +
		"\t0,\n};\n" +
		"static const uint8_t table[] = {" +
		table.map((byte, i) => (i % 24 ? "" : "\n\t") + byte + ",").join("") +
		"\n\t0,\n};\nconst stator_lines stator_the_lines = { files, table, sizeof table - 1 };\n"
	);
}
