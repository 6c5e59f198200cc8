/**
 * Lines: from bytecode to TypeScript. stator-xsc says where each line of the bundle begins in the bytecode, the bundle's
 * source map which line of which source that is; together they become lines.c, the table that an error on a board is
 * shown by (native/xs/position.c says how it is packed).
 */
import { LEAST_UPPER_BOUND, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
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

/** The C text of the table. `lines` are [offset in the bytecode, line of the bundle], in order. */
export function linesSource(lines: [number, number][], map: string): string {
	const trace = new TraceMap(map);
	const files: string[] = [];
	const table: number[] = [];
	let lastOffset = 0;
	let lastFile = 0;
	let lastLine = 0;
	for (const [offset, line] of lines) {
		const original = originalPositionFor(trace, { line, column: 0, bias: LEAST_UPPER_BOUND });
		if (original.source === null) continue;
		const name = sourceName(original.source);
		let file = files.indexOf(name);
		if (file < 0) file = files.push(name) - 1;
		number(offset - lastOffset, table);
		signedNumber(file - lastFile, table);
		signedNumber(original.line - lastLine, table);
		lastOffset = offset;
		lastFile = file;
		lastLine = original.line;
	}
	return (
		'/* Made by stator build: where each line begins in the bytecode. */\n#include "stator-program.h"\n\n' +
		"static const char *const files[] = {\n" +
		files.map((file) => "\t" + JSON.stringify(file) + ",\n").join("") +
		"\t0,\n};\n" +
		"static const uint8_t table[] = {" +
		table.map((byte, i) => (i % 24 ? "" : "\n\t") + byte + ",").join("") +
		"\n\t0,\n};\nconst stator_lines stator_the_lines = { files, table, sizeof table - 1 };\n"
	);
}
