/**
 * What the machine in thread mode does while levels preempt it: a checksum over strings, arrays, exceptions and what
 * collections leave. Pure: the same turns give the same number.
 */

function thrower(depth: number, seed: number): number {
	if (depth === 0) throw new RangeError("seed " + seed);
	try {
		return thrower(depth - 1, seed) + 1;
	} finally {
		kept.length = kept.length & 15;
	}
}

function hash(sum: number, text: string): number {
	let result = sum;
	for (let i = 0; i < text.length; i++) result = (Math.imul(result, 31) + text.charCodeAt(i)) | 0;
	return result;
}

let kept: unknown[] = [];

/** Forgets what earlier turns left: the next one begins as the first. */
export function begin(): void {
	kept = [];
}

/** One turn; the sum so far goes in, the next comes out. */
export function turn(sum: number, index: number): number {
	let result = sum;
	const parts: string[] = [];
	for (let i = 0; i < 6; i++) parts.push("part " + ((index * 7 + i) % 1000).toString(16));
	result = hash(result, parts.join(","));
	parts.sort().reverse();
	result = hash(result, parts[index % 6]);
	try {
		result += thrower(index % 5, index);
	} catch (error) {
		result = hash(result, (error as Error).message);
	}
	const numbers = new Array(8).fill(0).map((_, i) => (i * index) & 255);
	result = (Math.imul(result, 33) + numbers.reduce((a, b) => a + b, 0)) | 0;
	kept.push({ index, parts, numbers });
	if (kept.length > 8) kept = kept.slice(4);
	const bytes = new Uint8Array(16);
	for (let i = 0; i < 16; i++) bytes[i] = index + i;
	const map = new Map<string, number>([["a", index]]);
	map.set("b", bytes[index & 15]);
	return (result + (map.get("a") ?? 0) + (map.get("b") ?? 0) + JSON.stringify(kept[0]).length) | 0;
}
