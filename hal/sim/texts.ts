/** Texts as bytes, and the machine's memory, of which Node says nothing here. */
import { MEMORY_STACK_USED } from "../hal.ts";

const encoder = new TextEncoder();

export function copyText(text: string, bytes: Uint8Array, at: number, end: number): number {
	if (at > end || end > bytes.length)
		throw new RangeError("bytes " + at + " to " + end + " of an array of " + bytes.length);
	const encoded = encoder.encode(text);
	if (encoded.length > end - at) return -1;
	bytes.set(encoded, at);
	return encoded.length;
}

export function isText(text: string, bytes: Uint8Array, start: number, end: number): boolean {
	const encoded = encoder.encode(text);
	return encoded.length === end - start && encoded.every((byte, i) => byte === bytes[start + i]);
}

export function memory(which: number): number {
	return which >= 0 && which <= MEMORY_STACK_USED ? 0 : -22;
}
