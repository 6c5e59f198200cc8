/** N9 Messages on the console's line: cut into lines, put together again, between text, and with everything that a line does to them. */
import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { crc16, framed } from "../../smp/messages.ts";

let frames: typeof import("../../../src/smp/console-frames.ts");
let sim: typeof import("stator/sim");
beforeEach(async () => {
	vi.resetModules();
	frames = await import("../../../src/smp/console-frames.ts");
	sim = await import("stator/sim");
});

const SIZE = 512;

/** The messages that a reader takes out of a text. */
function taken(text: string, reader = new frames.FrameReader(buffer, 8, SIZE)): Buffer[] {
	const found: Buffer[] = [];
	for (const byte of Buffer.from(text, "latin1")) {
		const length = reader.accept(byte);
		if (length > 0) found.push(Buffer.from(buffer.subarray(8, 8 + length)));
	}
	return found;
}
let buffer: Uint8Array;
beforeEach(() => {
	buffer = new Uint8Array(8 + SIZE + 2 + 8).fill(0xee);
});

/** What the writer makes of a message. */
function sent(message: Uint8Array): string {
	const before = sim.sent().length;
	const writer = new frames.FrameWriter();
	writer.begin(Buffer.concat([Buffer.from("xx"), message]), 2, message.length);
	while (writer.next());
	return sim.sent().slice(before);
}

const message = fc.uint8Array({ minLength: 1, maxLength: SIZE });

test("the CRC is XMODEM's", () => {
	const crc = (bytes: Uint8Array) => bytes.reduce((sum, byte) => frames.crcOf(sum, byte), 0);
	expect(crc(Buffer.from("123456789"))).toBe(0x31c3);
	fc.assert(fc.property(message, (bytes) => crc(bytes) === crc16(bytes)));
});

describe("written", () => {
	test("lines of at most 127 bytes, as Node's base64 makes them", () => {
		fc.assert(
			fc.property(message, (bytes) => {
				const lines = sent(bytes);
				expect(lines).toBe(framed(bytes));
				for (const line of lines.split("\n")) expect(line.length + 1).toBeLessThanOrEqual(127);
			}),
		);
	});

	test.each([1, 2, 3, 88, 89, 90, 182, 183])("%i bytes: the last line is never empty", (length) => {
		const lines = sent(new Uint8Array(length).fill(7)).split("\n");
		expect(lines.pop()).toBe("");
		for (const line of lines) expect(line.length).toBeGreaterThan(2);
	});
});

describe("read", () => {
	test("whatever the length of the lines, with CR LF or LF, between lines of text", () => {
		const text = fc.stringMatching(/^[ -~]{0,40}$/);
		fc.assert(
			fc.property(fc.array(fc.tuple(message, fc.integer({ min: 1, max: 31 }), text), { maxLength: 4 }), (all) => {
				let line = "";
				for (const [bytes, quads, before] of all) line += before + "\n" + framed(bytes, 4 * quads);
				const expected = all.map(([bytes]) => Buffer.from(bytes));
				expect(taken(line)).toEqual(expected);
				expect(taken(line.replaceAll("\n", "\r\n"))).toEqual(expected);
			}),
		);
	});

	test("a text that breaks off, and one in the middle of a message, do no harm", () => {
		const bytes = Buffer.from("a message of several lines, ".repeat(8));
		const lines = framed(bytes).split(/(?<=\n)/);
		expect(lines.length).toBeGreaterThan(2);
		expect(taken("half a line" + lines.join("[    0.001] a log line\r\n"))).toEqual([bytes]);
	});

	test("what is lost, doubled or changed is dropped and counted, and the next message comes through", () => {
		const bytes = Buffer.from("a message of several lines, ".repeat(8));
		const lines = framed(bytes).split(/(?<=\n)/);
		const good = framed(Buffer.from("good"));
		const reader = new frames.FrameReader(buffer, 8, SIZE);
		let dropped = 0;
		for (const bad of [
			lines.slice(0, -1),
			[lines[0], ...lines.slice(2)],
			[lines[0], lines[1], lines[1], ...lines.slice(2)],
			[lines[0], lines[1].replace(/[A-Z]/, (c) => (c === "A" ? "B" : "A")), ...lines.slice(2)],
			[lines[0].slice(0, 30) + "\n", ...lines.slice(1)],
			[lines[0].slice(0, 31) + "\n", ...lines.slice(1)],
			[lines[0].slice(0, 40) + "?" + lines[0].slice(41), ...lines.slice(1)],
			[lines[0].slice(0, 40) + "==" + lines[0].slice(42), ...lines.slice(1)],
		]) {
			expect(taken(bad.join("") + good, reader)).toEqual([Buffer.from("good")]);
			expect(reader.dropped).toBeGreaterThan(dropped);
			dropped = reader.dropped;
		}
		expect(taken(lines.slice(1).join("") + good, reader), "without its first line").toEqual([Buffer.from("good")]);
	});

	test("one that is longer than the buffer is dropped, and writes nothing behind it", () => {
		for (const length of [SIZE, SIZE + 1, SIZE + 3, 4 * SIZE]) {
			const found = taken(framed(new Uint8Array(length).fill(1)) + framed(Buffer.from("good")));
			expect(found.length).toBe(length <= SIZE ? 2 : 1);
			expect([...buffer.subarray(0, 8), ...buffer.subarray(8 + SIZE + 2)]).toEqual(new Array(16).fill(0xee));
		}
	});

	test("empty ones, and lengths that lie", () => {
		const lying = (length: number, rest: string) => {
			const frame = Buffer.concat([Buffer.from([length >> 8, length & 255]), Buffer.from(rest)]);
			return "\x06\x09" + frame.toString("base64") + "\n";
		};
		for (const bad of [
			"\x06\x09\n",
			"\x06\x09AA==\n",
			lying(0, ""),
			lying(1, "a"),
			lying(2, "ab"),
			lying(3, "abcdef"),
			lying(0xffff, "abcdef"),
		])
			expect(taken(bad + framed(Buffer.from("good")))).toEqual([Buffer.from("good")]);
	});

	test("random bytes: nothing is written outside the buffer, and the next message comes through", () => {
		const bytes = fc.array(fc.oneof(fc.constantFrom(6, 9, 4, 20, 10, 13, 61, 65), fc.nat(255)), { maxLength: 400 });
		fc.assert(
			fc.property(bytes, (noise) => {
				const found = taken(String.fromCharCode(...noise) + "\n" + framed(Buffer.from("good")));
				expect(found.at(-1)).toEqual(Buffer.from("good"));
				expect([...buffer.subarray(0, 8), ...buffer.subarray(8 + SIZE + 2)]).toEqual(new Array(16).fill(0xee));
			}),
			{ numRuns: 1000 },
		);
	});
});
