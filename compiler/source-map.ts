/** Text that remembers where it came from, and its source map (version 3). */

/** A generated line and the offset in the source that it stands for; -1: nothing. */
export interface Line {
	text: string;
	position: number;
}

/** A source map of version 3, as an object. */
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

const TOKEN = /[\w$]+|[^\s\w$]/g;
const WORD = /[\w$]+/g;

/** Where a word stands in a text, from an index on. */
function indexOfWord(text: string, word: string, from: number): number {
	for (let at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1))
		if (!/[\w$]/.test(text[at - 1] ?? " ") && !/[\w$]/.test(text[at + word.length] ?? " ")) return at;
	return -1;
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
		let at = from;
		for (const { index } of source.slice(from, to).matchAll(TOKEN)) {
			write(source.slice(at, from + index));
			mark((at = from + index));
		}
		write(source.slice(at, to));
	};
	/** Text that was made of the source at an offset: words that stand there in the same order are marked as these. */
	const align = (text: string, offset: number): void => {
		const end = source.indexOf("\n", offset);
		const there = source.slice(offset, end < 0 ? source.length : end);
		let from = 0;
		let at = 0;
		for (const { 0: word, index } of text.matchAll(WORD)) {
			const found = word.startsWith("$") ? -1 : indexOfWord(there, word, from);
			if (found < 0) continue;
			write(text.slice(at, index));
			at = index;
			mark(offset + found);
			from = found + word.length;
		}
		write(text.slice(at));
	};
	const put = (lines: readonly Line[]): void => {
		lines.forEach((entry, index) => {
			if (index > 0) write("\n");
			if (entry.position >= 0) {
				const indent = entry.text.length - entry.text.trimStart().length;
				write(entry.text.slice(0, indent));
				mark(entry.position);
				align(entry.text.slice(indent), entry.position);
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
