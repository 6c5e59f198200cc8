/** X6: the forms of a record (tools/record/frame.ts): entries, files, what a board prints. */
import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
	ALARM,
	ASKED,
	COMPLETION,
	COUNTER,
	CUT,
	decodeEntries,
	decodeFile,
	END,
	encodeEntries,
	encodeFile,
	FULL,
	formatRecord,
	INTERRUPT,
	KERNEL,
	LANDED,
	NATIVE,
	NOW,
	READ,
	type RecordEntry,
	type RecordFrame,
	type RecordInfo,
	readRecord,
	TIME,
	varint,
} from "../../tools/record/frame.ts";

const seed = Number(process.env.STATOR_SEED ?? Date.now() % 1_000_000);

/** mulberry32 */
function randoms(from: number): (below: number) => number {
	let state = from;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
	};
}

function randomEntries(count: number, random: (below: number) => number): RecordEntry[] {
	let step = 0;
	return Array.from({ length: count }, () => {
		step += random(4) === 0 ? random(2 ** random(31)) : random(20);
		const kind = random(KERNEL + 1);
		const checked = [INTERRUPT, ALARM, END, CUT, ASKED].includes(kind);
		const check = checked ? { check: random(256) } : {};
		const signed = random(2 ** 31) * (random(2) ? 1 : -1);
		if (kind === COMPLETION) return { step, kind, whose: random(1000), result: signed, flags: random(2 ** 30) };
		if (kind === ASKED)
			return {
				step,
				kind,
				...check,
				operation: random(1000),
				opcode: random(64),
				file: signed,
				length: random(2 ** 31),
			};
		if (kind === LANDED)
			return { step, kind, bytes: Buffer.from(Array.from({ length: random(300) }, () => random(256))) };
		if (kind === INTERRUPT) return { step, kind, ...check, source: random(400), times: 1 + random(65535) };
		if (kind > NATIVE && ![TIME, END, KERNEL].includes(kind)) return { step, kind, ...check };
		const value = BigInt.asIntN(64, (BigInt(random(2 ** 31)) << BigInt(random(40))) * (random(2) ? 1n : -1n));
		return { step, kind, ...check, value };
	});
}

const frame: RecordFrame = {
	...{ capacity: 100, steps: 7, vectors: 32, sources: 36, hz: 25_000_000, traced: true },
	...{ program: "blinky", target: "mps2-an385", digest: "00ff", bytes: Buffer.from([0x10, 2, 0x18, 9, 0]) },
};
const info: RecordInfo = {
	...{ stator: "record", program: "blinky", app: "examples/blinky/main.ts", target: "mps2-an385", digest: "00ff" },
	...{ bytes: 5, steps: 7, settings: { accounts: false } },
};

function printed({ bytes, capacity, steps, vectors, sources, hz, program, target, digest }: RecordFrame): string[] {
	return [
		"[    0.001] ready",
		`stator-record: begin 1 bytes ${bytes.length} of ${capacity} steps ${steps} vectors ${vectors} sources ${sources} hz ${hz} traced 1`,
		`stator-record: of ${program}/${target}/${digest}`,
		`stator-record: b ${bytes.subarray(0, 2).toString("hex")}`,
		`stator-record: b ${bytes.subarray(2).toString("hex")}`,
		`stator-record: sum ${crc32(bytes).toString(16)}`,
		"stator-record: end",
		"stator: exit 0",
	];
}

describe("X6 entries", () => {
	test("what is written is read again, seed " + seed, () => {
		const random = randoms(seed);
		for (let run = 0; run < 200; run++) {
			const entries = randomEntries(random(60), random);
			expect(decodeEntries(encodeEntries(entries))).toEqual(entries);
		}
	});

	test("numbers at their borders, and the bytes of a record that is known", () => {
		expect(varint(0n)).toEqual([0]);
		expect(varint(127n)).toEqual([127]);
		expect(varint(128n)).toEqual([128, 1]);
		expect(varint(2n ** 64n - 1n)).toEqual([255, 255, 255, 255, 255, 255, 255, 255, 255, 1]);
		const entries: RecordEntry[] = [
			{ step: 1, kind: NOW, value: 1n },
			{ step: 15, kind: READ, value: 66n },
			{ step: 30, kind: INTERRUPT, check: 7, source: 31, times: 300 },
			{ step: 30, kind: COUNTER, value: -(2n ** 63n) },
			{ step: 1_000_030, kind: FULL },
		];
		expect([...encodeEntries(entries)]).toEqual([
			...[0x10, 2, 0xe1, 132, 1, 0xf5, 0, 7, 31, 0xac, 2],
			...[0x03, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0xfa, 0xb1, 0x84, 0x3d],
		]);
		expect(decodeEntries(encodeEntries(entries))).toEqual(entries);
	});

	test("what is cut off anywhere within an entry, or is none, is refused", () => {
		const whole = encodeEntries([{ step: 20_000, kind: INTERRUPT, check: 1, source: 300, times: 2 }]);
		for (let size = 1; size < whole.length; size++)
			expect(() => decodeEntries(whole.subarray(0, size))).toThrow("the record is broken at byte " + size);
		const bytes = encodeEntries([{ step: 3, kind: LANDED, bytes: Buffer.from("hello") }]);
		for (let size = 1; size < bytes.length; size++)
			expect(() => decodeEntries(bytes.subarray(0, size))).toThrow("it is cut off");
		expect(() => decodeEntries(Buffer.from([0, ...Array<number>(10).fill(255), 1]))).toThrow("more than 64 bits");
	});
});

describe("X6 files and printed records", () => {
	test("a file has what was taken off", () => {
		expect(decodeFile(encodeFile(info, frame), "x.record")).toEqual({ info, frame });
	});

	test("a file of another version, without a head, with too many bytes", () => {
		const file = encodeFile(info, frame);
		const other = Buffer.from(file);
		other[file.indexOf(10) + 5] = 9;
		expect(() => decodeFile(other, "x.record")).toThrow(
			"x.record is no record: it is of another version than this tool",
		);
		expect(() => decodeFile(file.subarray(0, file.indexOf(10) + 3), "x.record")).toThrow("its head is missing");
		expect(() => decodeFile(Buffer.concat([file, Buffer.from([1])]), "x.record")).toThrow(
			"it has 6 bytes, and should have 5",
		);
	});

	test("what a board prints among other things", () => {
		expect(readRecord(printed(frame).join("\r\n"))).toEqual(frame);
		expect(formatRecord(frame)).toBe(
			"5 of 100 bytes; 7 steps; 0 interrupts, 0 alarms, 1 times, 0 bytes received, 0 other values; up to the program's end",
		);
	});

	test("a line that is missing, a byte that is another, no record at all", () => {
		const lines = printed(frame);
		for (const missing of [2, 3, 5, 6])
			expect(() => readRecord(lines.toSpliced(missing, 1).join("\n"))).toThrow("is cut off");
		const garbled = lines.with(3, "stator-record: b 1003").join("\n");
		expect(() => readRecord(garbled)).toThrow("the record was garbled on its way: its sum is wrong");
		expect(() => readRecord("stator: exit 0\n")).toThrow("the program printed no record");
	});
});
