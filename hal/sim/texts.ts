/** Texts as bytes, and the machine's memory, of which Node says nothing here. */
import { MEMORY_STACK_USED } from "../hal.ts";

/** UTF-8, with nothing of Node's: examples run where only the language is. */
function encoded(text: string): number[] {
	const bytes: number[] = [];
	for (const character of text) {
		const code = character.codePointAt(0) as number;
		if (code < 0x80) bytes.push(code);
		else {
			const more = code < 0x800 ? 1 : code < 0x1_0000 ? 2 : 3;
			bytes.push([0xc0, 0xe0, 0xf0][more - 1] | (code >> (6 * more)));
			for (let shift = 6 * (more - 1); shift >= 0; shift -= 6) bytes.push(0x80 | ((code >> shift) & 0x3f));
		}
	}
	return bytes;
}

export function copyText(text: string, bytes: Uint8Array, at: number, end: number): number {
	if (at > end || end > bytes.length)
		throw new RangeError("bytes " + at + " to " + end + " of an array of " + bytes.length);
	const from = encoded(text);
	if (from.length > end - at) return -1;
	bytes.set(from, at);
	return from.length;
}

export function isText(text: string, bytes: Uint8Array, start: number, end: number): boolean {
	const from = encoded(text);
	return from.length === end - start && from.every((byte, i) => byte === bytes[start + i]);
}

export function memory(which: number): number {
	return which >= 0 && which <= MEMORY_STACK_USED ? 0 : -22;
}
