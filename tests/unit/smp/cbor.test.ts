/** N9 CBOR read and written in one buffer: held against a library, over random values and random bytes. */
import { decode, encode } from "cborg";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CborReader, CborWriter } from "../../../src/smp/index.ts";

const key = fc.string({ minLength: 1, maxLength: 20 });
const whole = fc.oneof(fc.integer(), fc.maxSafeInteger());
const leaf = fc.oneof(
	whole,
	fc.string({ maxLength: 300 }),
	fc.uint8Array({ maxLength: 300 }),
	fc.boolean(),
	fc.constant(null),
);
const value = fc.letrec((tie) => ({
	any: fc.oneof(
		{ maxDepth: 5, withCrossShrink: true },
		leaf,
		fc.array(tie("any"), { maxLength: 4 }),
		fc.dictionary(key, tie("any"), { maxKeys: 4 }),
	),
})).any;
const map = fc.dictionary(key, value, { maxKeys: 6 });

function readerOf(bytes: Uint8Array): { reader: CborReader; good: boolean } {
	// In the middle of a buffer that holds other things, too.
	const buffer = new Uint8Array(bytes.length + 16).fill(0xff);
	buffer.set(bytes, 8);
	const reader = new CborReader(buffer);
	return { reader, good: reader.check(8, 8 + bytes.length) };
}

describe("the reader", () => {
	test("finds each value of a map, whatever else is in it", () => {
		fc.assert(
			fc.property(map, (given) => {
				const { reader, good } = readerOf(encode(given));
				expect(good).toBe(true);
				expect(reader.find("this is no key of it")).toBe(false);
				for (const [name, expected] of Object.entries(given)) {
					expect(reader.find(name), "null is nothing").toBe(expected !== null);
					if (expected === null) continue;
					if (typeof expected === "number" && expected >= 0) expect(reader.unsigned()).toBe(expected);
					else if (typeof expected === "number") expect(reader.unsigned()).toBe(-1);
					else if (typeof expected === "boolean") expect(reader.truth()).toBe(expected ? 1 : 0);
					else if (typeof expected === "string") {
						expect(reader.text()).toBe(true);
						expect(reader.is(expected)).toBe(true);
						expect(Buffer.from(reader.bytes.subarray(reader.start, reader.end)).toString()).toBe(expected);
					} else if (expected instanceof Uint8Array) {
						expect(reader.byteString()).toBe(true);
						expect([...reader.bytes.subarray(reader.start, reader.end)]).toEqual([...expected]);
					} else if (Array.isArray(expected)) expect(reader.array()).toBe(expected.length);
					else {
						expect(reader.truth()).toBe(-1);
						reader.find(name);
						expect(reader.text()).toBe(false);
					}
				}
			}),
			{ numRuns: 300 },
		);
	});

	test("takes what is well-formed and nothing else: cut off, with bytes changed, with bytes behind", () => {
		fc.assert(
			fc.property(map, fc.nat(), fc.nat(255), fc.nat(2), (given, place, byte, how) => {
				let bytes = Uint8Array.from(encode(given));
				if (how === 0) bytes = bytes.subarray(0, place % bytes.length);
				else if (how === 1) bytes[place % bytes.length] = byte;
				else bytes = Uint8Array.from([...bytes, byte]);
				const { good } = readerOf(bytes);
				// What the reader refuses besides: no map, keys that are no texts in one piece, nesting.
				if (good || how !== 1) expect(good).toBe(wellFormed(bytes));
			}),
			{ numRuns: 2000 },
		);
	});

	test.each([
		["indefinite map and array", "bf616182010261629f0102ffff", true],
		["indefinite text in pieces, passed over", "bf61617f6161616261ff00ff".replace("61ff00", "6163ff"), true],
		["tags and floats", "a26161c11a514b67b06162fb3ff199999999999a", true],
		["a key that is a number", "a10102", false],
		["a map that ends after a key", "bf6161ff", false],
		["no map", "8101", false],
		["a break alone", "ff", false],
		["a reserved head", "a161611c", false],
		["a simple value in two bytes that has a form in one", "a16161f818", false],
		["an array of more items than there are bytes", "a161619b0000000100000000", false],
		["a string of 2^64 - 1 bytes", "a161615bffffffffffffffff", false],
		["a piece of another kind", "bf61617f4161ffff", false],
		["a tag at the end", "a16161c1", false],
		["nested eight deep", "a16161" + "81".repeat(8) + "00", true],
		["nested nine deep", "a16161" + "81".repeat(9) + "00", false],
	])("%s", (_name, hex, good) => {
		expect(readerOf(Buffer.from(hex, "hex")).good).toBe(good);
	});

	test("a number above 2^53 - 1 is none", () => {
		const { reader, good } = readerOf(Buffer.from("a161611b0020000000000000", "hex"));
		expect(good).toBe(true);
		expect(reader.find("a")).toBe(true);
		expect(reader.unsigned()).toBe(-1);
	});
});

/** Whether bytes begin with a well-formed item, by the rules of RFC 8949 one after the other: where it ends; -1: they do not; -2: a break. */
function itemEnd(bytes: Uint8Array, from: number): number {
	if (from >= bytes.length) return -1;
	const [major, info] = [bytes[from] >> 5, bytes[from] & 31];
	const size = info < 24 ? 0 : info < 28 ? 1 << (info - 24) : info === 31 ? 0 : -1;
	if (size < 0 || from + 1 + size > bytes.length) return -1;
	let at = from + 1 + size;
	if (info === 31) {
		if (major === 7) return -2;
		if (major < 2 || major === 6) return -1;
		for (let count = 0; ; count++) {
			const piece = major < 4 && at < bytes.length && bytes[at] >> 5 !== major && bytes[at] !== 0xff;
			const end = piece || (major < 4 && bytes[at] === (major << 5) + 31) ? -1 : itemEnd(bytes, at);
			if (end === -2) return major === 5 && count % 2 === 1 ? -1 : at + 1;
			if (end < 0) return -1;
			at = end;
		}
	}
	if (major === 7) return info === 24 && bytes[at - 1] < 32 ? -1 : at;
	const argument = size === 0 ? info : [...bytes.subarray(from + 1, at)].reduce((sum, byte) => sum * 256 + byte, 0);
	if (major < 2) return at;
	if (major < 4) return at + argument > bytes.length ? -1 : at + argument;
	for (let left = major === 6 ? 1 : major === 5 ? 2 * argument : argument; left > 0; left--) {
		at = itemEnd(bytes, at);
		if (at < 0) return -1;
	}
	return at;
}

const wellFormed = (bytes: Uint8Array): boolean => itemEnd(bytes, 0) === bytes.length;

function written(write: (writer: CborWriter) => void, room = 4096): { bytes: Uint8Array; full: boolean } {
	const writer = new CborWriter(new Uint8Array(room + 8).fill(0xee));
	writer.begin(4, 4 + room);
	write(writer);
	expect([...writer.bytes.subarray(0, 4), ...writer.bytes.subarray(4 + room)]).toEqual(new Array(8).fill(0xee));
	return { bytes: writer.bytes.slice(4, writer.at), full: writer.full };
}

function put(writer: CborWriter, item: unknown): void {
	if (typeof item === "number") writer.integer(item);
	else if (typeof item === "string") writer.text(item);
	else if (typeof item === "boolean") writer.truth(item);
	else if (item instanceof Uint8Array) writer.byteString(item, 0, item.length);
	else if (Array.isArray(item)) {
		writer.array();
		for (const each of item) put(writer, each);
		writer.close();
	} else {
		writer.map();
		for (const [name, each] of Object.entries(item ?? {})) {
			writer.text(name);
			put(writer, each);
		}
		writer.close();
	}
}

const writable = fc.letrec((tie) => ({
	any: fc.oneof(
		{ maxDepth: 4 },
		fc.oneof(whole, fc.string({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), fc.boolean()),
		fc.array(tie("any"), { maxLength: 5 }),
		fc.dictionary(key, tie("any"), { maxKeys: 5 }),
	),
})).any;

describe("the writer", () => {
	test("what it writes is what the library reads", () => {
		fc.assert(
			fc.property(writable, (item) => {
				const { bytes, full } = written((writer) => put(writer, item), 65_536);
				expect(full).toBe(false);
				expect(decode(bytes)).toEqual(item);
			}),
			{ numRuns: 500 },
		);
	});

	test("numbers and strings are as the library writes them", () => {
		for (const item of [
			0,
			23,
			24,
			255,
			256,
			65_535,
			65_536,
			2 ** 32 - 1,
			2 ** 32,
			2 ** 53 - 1,
			-1,
			-24,
			-25,
			-256,
			-257,
			-(2 ** 32),
			-(2 ** 32) - 1,
			"",
			"a".repeat(23),
			"a".repeat(24),
			"ä".repeat(200),
			true,
			false,
		])
			expect(Buffer.from(written((writer) => put(writer, item)).bytes).toString("hex")).toBe(
				Buffer.from(encode(item)).toString("hex"),
			);
	});

	test("what does not fit is left out and said, at every length", () => {
		const item = { name: "a text of some length", list: [1, 2000, -70_000], bytes: new Uint8Array(30), more: true };
		const whole = written((writer) => put(writer, item));
		for (let room = 0; room < whole.bytes.length; room++)
			expect(written((writer) => put(writer, item), room).full).toBe(true);
		expect(written((writer) => put(writer, item), whole.bytes.length).full).toBe(false);
	});

	test("a text of parts: texts, digits, characters", () => {
		const { bytes } = written((writer) => {
			writer.beginText();
			writer.part("n ");
			writer.digits(0);
			writer.code(32);
			writer.digits(-42);
			writer.code(32);
			writer.digits(7, 3);
			writer.code(32);
			writer.digits(9_007_199_254_740_991);
			writer.endText();
		});
		expect(decode(bytes)).toBe("n 0 -42 007 9007199254740991");
	});
});
