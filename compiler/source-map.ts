/** Text that remembers where it came from, and its source map (version 3). */

/** A generated line and the offset in the source that it stands for; -1: nothing. */
export interface Line {
	text: string;
	position: number;
}

export interface SourceMap {
	version: 3;
	file: string;
	sources: string[];
	sourcesContent: string[];
	names: string[];
	mappings: string;
}

/** A replacement of a part of the source; lines of the first and last entry join what stands around. */
export interface Edit {
	start: number;
	end: number;
	lines: Line[];
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function vlq(value: number): string {
	let rest = value < 0 ? (-value << 1) | 1 : value << 1;
	let text = "";
	do {
		const digit = rest & 31;
		rest >>>= 5;
		text += DIGITS[rest > 0 ? digit | 32 : digit];
	} while (rest > 0);
	return text;
}

/** Offsets at which the lines of a text begin. */
export function lineStarts(text: string): number[] {
	const starts = [0];
	for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
	return starts;
}

/** The line (from 0) of an offset. */
export function lineOf(starts: readonly number[], offset: number): number {
	let low = 0;
	let high = starts.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (starts[middle] <= offset) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** Lines of a piece of text taken over from the source: each maps to its own source line where the line counts agree. */
export function linesFrom(text: string, source: string, start: number, end: number): Line[] {
	const parts = text.split("\n");
	const same = source.slice(start, end).split("\n").length === parts.length;
	const lines: Line[] = [];
	let position = start;
	for (const part of parts) {
		lines.push({ text: part, position: same ? position : start });
		const next = source.indexOf("\n", position);
		position = next < 0 ? position : next + 1;
	}
	return lines;
}

/** Applies edits (in order, not overlapping) to a source and appends lines. */
export function assemble(file: string, source: string, edits: readonly Edit[], appended: readonly Line[]) {
	const starts = lineStarts(source);
	const mappings: [number, number, number, number][] = [];
	let code = "";
	let line = 0;
	let column = 0;
	const write = (text: string): void => {
		code += text;
		const last = text.lastIndexOf("\n");
		if (last < 0) column += text.length;
		else {
			for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) line++;
			column = text.length - last - 1;
		}
	};
	const mark = (offset: number): void => {
		const at = lineOf(starts, offset);
		mappings.push([line, column, at, offset - starts[at]]);
	};
	const copy = (from: number, to: number): void => {
		for (let at = from; at < to; ) {
			const end = source.indexOf("\n", at);
			const stop = end < 0 || end >= to ? to : end + 1;
			mark(at);
			write(source.slice(at, stop));
			at = stop;
		}
	};
	const put = (lines: readonly Line[]): void => {
		lines.forEach((entry, index) => {
			if (index > 0) write("\n");
			if (entry.position >= 0) {
				const indent = entry.text.length - entry.text.trimStart().length;
				write(entry.text.slice(0, indent));
				mark(entry.position);
				write(entry.text.slice(indent));
			} else write(entry.text);
		});
	};
	let done = 0;
	for (const edit of edits) {
		copy(done, edit.start);
		put(edit.lines);
		done = edit.end;
	}
	copy(done, source.length);
	if (appended.length > 0) {
		if (!code.endsWith("\n")) write("\n");
		put(appended);
		write("\n");
	}
	const map: SourceMap = {
		version: 3,
		file,
		sources: [file],
		sourcesContent: [source],
		names: [],
		mappings: encode(mappings),
	};
	return { code, map };
}

function encode(mappings: readonly [number, number, number, number][]): string {
	let text = "";
	let line = 0;
	let column = 0;
	let sourceLine = 0;
	let sourceColumn = 0;
	let first = true;
	for (const [atLine, atColumn, fromLine, fromColumn] of mappings) {
		while (line < atLine) {
			text += ";";
			line++;
			column = 0;
			first = true;
		}
		if (!first) text += ",";
		first = false;
		text += vlq(atColumn - column) + vlq(0) + vlq(fromLine - sourceLine) + vlq(fromColumn - sourceColumn);
		column = atColumn;
		sourceLine = fromLine;
		sourceColumn = fromColumn;
	}
	return text;
}
