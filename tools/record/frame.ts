/**
 * A record in its forms (native/abi/record.h, docs/SPEC.md): as a board prints it (lines that begin with `stator-record: `), as a file, which
 * begins with one line of JSON, and as the entries that are in it.
 */
import { crc32 } from "node:zlib";
import type { Settings } from "../app.ts";
import { machineSizeKeys, ringSizeKeys } from "../manifest-keys.ts";
import { UserError } from "../report.ts";

const VERSION = 1;
const MAGIC = 0x65725453;
const HEAD_WORDS = 9;
const PREFIX = "stator-record: ";
const FAR = 15;

/** Kinds of entries, as in native/abi/record.h; tests/native/abi.test.ts compares them. */
export const NOW = 0;
export const READ = 1;
export const PORT = 2;
export const COUNTER = 3;
export const NATIVE = 4;
export const INTERRUPT = 5;
export const ALARM = 6;
export const TIME = 7;
export const END = 8;
export const CUT = 9;
export const FULL = 10;
export const UNCOVERED = 11;
export const COMPLETION = 12;
export const LANDED = 13;
export const ASKED = 14;
export const KERNEL = 15;

/** What was taken off a device. */
export interface RecordFrame {
	/** Of the buffer. */
	capacity: number;
	steps: number;
	/** The interrupt controller has so many vectors; sources of interrupts in all. */
	vectors: number;
	sources: number;
	/** Steps a second of the trace's clock. */
	hz: number;
	/** It has the times of a trace. */
	traced: boolean;
	/** Which program it is of, for which target, and the digest of its source. */
	program: string;
	target: string;
	digest: string;
	bytes: Buffer;
}

/** The first line of a file. */
export interface RecordInfo {
	stator: "record";
	program: string;
	/** Where the program was, from the folder in which it was recorded. */
	app: string;
	target: string;
	digest: string;
	/** Not in what a program on Linux has written by itself. */
	bytes?: number;
	steps?: number;
	/** The manifest's settings, as far as they decide what the program does. */
	settings: Pick<Settings, (typeof DECISIVE)[number] | (typeof DECISIVE_ON_HOST)[number]>;
}

/** Settings that decide what a program does; on a host, which is replayed by a host, sizes of the machine and the ring are among them. */
const DECISIVE = ["rom", "accounts", "maskWhilePolling"] as const;
const DECISIVE_ON_HOST = [...machineSizeKeys, ...ringSizeKeys] as const;

export function decisiveSettings(settings: Settings, host: boolean): RecordInfo["settings"] {
	const names: readonly (keyof Settings)[] = host ? [...DECISIVE, ...DECISIVE_ON_HOST] : DECISIVE;
	return Object.fromEntries(names.filter((name) => settings[name] !== undefined).map((name) => [name, settings[name]]));
}

export interface RecordEntry {
	/** Of the program, counted from its start. */
	step: number;
	kind: number;
	/** The byte of the sum, of events and ends. */
	check?: number;
	/** Of values: by how much it differs from what was foreseen; of the end: the status. */
	value?: bigint;
	source?: number;
	times?: number;
	/** Of completions: an operation's number and 2; 1: what wakes the executor; 0: nobody's. */
	whose?: number;
	result?: number;
	flags?: number;
	/** Of requests. */
	operation?: number;
	opcode?: number;
	file?: number;
	length?: number;
	/** What the kernel has put into memory. */
	bytes?: Buffer;
}

export const isRecordLine = (line: string): boolean => line.startsWith(PREFIX);

/** Reads the last complete record in a program's output. */
export function readRecord(output: string): RecordFrame {
	const lines = output
		.split(/\r?\n/)
		.filter(isRecordLine)
		.map((line) => line.slice(PREFIX.length));
	const first = lines.findLastIndex((line) => line.startsWith("begin "));
	if (first < 0)
		throw new UserError(
			"the program printed no record",
			"is the setting record in its manifest, and has it come to its end?",
		);
	const head = /^begin (\d+) bytes (\d+) of (\d+) steps (\d+) vectors (\d+) sources (\d+) hz (\d+) traced ([01])$/.exec(
		lines[first],
	);
	if (head === null || Number(head[1]) !== VERSION)
		throw new UserError("this record has another format than the tool: " + lines[first], "build the program again");
	const [used, capacity, steps, vectors, sources, hz] = head.slice(2).map(Number);
	const rest = lines.slice(first + 1);
	const name = /^of ([^/]*)\/([^/]*)\/([0-9a-f]*)$/.exec(rest.find((line) => line.startsWith("of ")) ?? "");
	const bytes = Buffer.from(
		rest
			.filter((line) => line.startsWith("b "))
			.map((line) => line.slice(2))
			.join(""),
		"hex",
	);
	const sum = /^sum ([0-9a-f]+)$/.exec(rest.find((line) => line.startsWith("sum ")) ?? "");
	if (bytes.length !== used || name === null || sum === null || !rest.includes("end"))
		throw new UserError(
			"the record is cut off: " + bytes.length + " of " + used + " bytes arrived",
			"let the program come to its end",
		);
	if (crc32(bytes) !== Number.parseInt(sum[1], 16))
		throw new UserError("the record was garbled on its way: its sum is wrong", "is the console's line noisy?");
	const [program, target, digest] = name.slice(1);
	return { capacity, steps, vectors, sources, hz, traced: head[8] === "1", program, target, digest, bytes };
}

/** A file's contents. */
export function encodeFile(info: RecordInfo, frame: RecordFrame): Buffer {
	const head = Buffer.alloc(4 * HEAD_WORDS);
	const { capacity, bytes, steps, vectors, sources, hz, traced } = frame;
	const words = [MAGIC, VERSION, capacity, bytes.length, steps, vectors, sources, hz, traced ? 1 : 0];
	words.forEach((word, index) => {
		head.writeUInt32LE(word, 4 * index);
	});
	return Buffer.concat([Buffer.from(JSON.stringify(info) + "\n"), head, bytes]);
}

/** Reads a file's contents; `name` is for messages. */
export function decodeFile(file: Buffer, name: string): { info: RecordInfo; frame: RecordFrame } {
	const broken = (what: string): UserError => new UserError(name + " is no record: " + what);
	const line = file.indexOf(10);
	let info: RecordInfo;
	try {
		info = JSON.parse(file.subarray(0, Math.max(line, 0)).toString());
	} catch {
		throw broken("it does not begin with a line of JSON");
	}
	const at = line + 1;
	if (info?.stator !== "record" || file.length < at + 4 * HEAD_WORDS) throw broken("its head is missing");
	const words = Array.from({ length: HEAD_WORDS }, (_, index) => file.readUInt32LE(at + 4 * index));
	const [magic, version, capacity, used, steps, vectors, sources, hz, traced] = words;
	if (magic !== MAGIC || version !== VERSION) throw broken("it is of another version than this tool");
	const rest = file.subarray(at + 4 * HEAD_WORDS);
	// Of a program on Linux that was killed: room that it had asked the disk for.
	const bytes = rest.subarray(used).some((byte) => byte !== 0) ? rest : rest.subarray(0, used);
	if (bytes.length !== used) throw broken("it has " + bytes.length + " bytes, and should have " + used);
	const { program, target, digest } = info;
	return {
		info,
		frame: { capacity, steps, vectors, sources, hz, traced: traced === 1, program, target, digest, bytes },
	};
}

/** At most 64 bits, seven in each byte, the lowest first. */
export function varint(value: bigint): number[] {
	const bytes: number[] = [];
	for (; value >= 0x80n; value >>= 7n) bytes.push(Number(value & 0x7fn) | 0x80);
	bytes.push(Number(value));
	return bytes;
}

const zigzag = (value: bigint): bigint => BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
const unzigzag = (value: bigint): bigint => (value >> 1n) ^ -(value & 1n);

const hasCheck = (kind: number): boolean =>
	kind === INTERRUPT || kind === ALARM || kind === END || kind === CUT || kind === ASKED;
const hasValue = (kind: number): boolean => kind <= NATIVE || kind === TIME || kind === END || kind === KERNEL;

/** Reads the entries, or throws UserError where one is broken. */
export function decodeEntries(bytes: Uint8Array): RecordEntry[] {
	const entries: RecordEntry[] = [];
	let at = 0;
	let step = 0;
	const broken = (what: string): UserError => new UserError("the record is broken at byte " + at + ": " + what);
	const next = (): number => {
		if (at === bytes.length) throw broken("it is cut off");
		return bytes[at++];
	};
	const number = (): bigint => {
		let value = 0n;
		for (let shift = 0n; shift < 70n; shift += 7n) {
			const byte = next();
			value |= BigInt(byte & 0x7f) << shift;
			if (byte < 0x80) return BigInt.asUintN(64, value);
		}
		throw broken("a number has more than 64 bits");
	};
	while (at < bytes.length) {
		const head = next();
		const kind = head & 15;
		const distance = head >> 4;
		step += distance === FAR ? FAR + Number(number()) : distance;
		const entry: RecordEntry = { step, kind };
		if (hasCheck(kind)) entry.check = next();
		if (kind === INTERRUPT) {
			entry.source = Number(number());
			entry.times = Number(number());
		} else if (kind === COMPLETION) {
			entry.whose = Number(number());
			entry.result = Number(unzigzag(number()));
			entry.flags = Number(number());
		} else if (kind === ASKED) {
			entry.operation = Number(number());
			entry.opcode = Number(number());
			entry.file = Number(unzigzag(number()));
			entry.length = Number(number());
		} else if (kind === LANDED) {
			const size = Number(number());
			if (size > bytes.length - at) throw broken("it is cut off");
			entry.bytes = Buffer.from(bytes.subarray(at, at + size));
			at += size;
		} else if (hasValue(kind)) entry.value = unzigzag(number());
		entries.push(entry);
	}
	return entries;
}

/** The same back. */
export function encodeEntries(entries: readonly RecordEntry[]): Buffer {
	const parts: Buffer[] = [];
	let last = 0;
	for (const entry of entries) {
		const distance = entry.step - last;
		last = entry.step;
		const head = [entry.kind | (Math.min(distance, FAR) << 4)];
		if (distance >= FAR) head.push(...varint(BigInt(distance - FAR)));
		if (hasCheck(entry.kind)) head.push(entry.check ?? 0);
		parts.push(Buffer.from([...head, ...payloadOf(entry).flatMap(varint)]), entry.bytes ?? Buffer.alloc(0));
	}
	return Buffer.concat(parts);
}

/** The numbers of an entry, in their order. */
function payloadOf(entry: RecordEntry): bigint[] {
	const { kind } = entry;
	const plain = (...numbers: (number | undefined)[]): bigint[] => numbers.map((number) => BigInt(number ?? 0));
	const signed = (number: number | undefined): bigint => zigzag(BigInt(number ?? 0));
	if (kind === INTERRUPT) return plain(entry.source, entry.times);
	if (kind === COMPLETION) return [...plain(entry.whose), signed(entry.result), ...plain(entry.flags)];
	if (kind === ASKED) return [...plain(entry.operation, entry.opcode), signed(entry.file), ...plain(entry.length)];
	if (kind === LANDED) return plain(entry.bytes?.length);
	return hasValue(kind) ? [zigzag(entry.value ?? 0n)] : [];
}

const ENDS = new Map([
	[END, "the program's end"],
	[CUT, "the end of its time"],
	[FULL, "the end of the buffer: what came later is missing"],
	[UNCOVERED, "a native function that did what cannot be recorded: what came later is missing"],
]);

/** What is in it, in a few words. */
export function formatRecord({ bytes, capacity, steps }: RecordFrame): string {
	const entries = decodeEntries(bytes);
	const count = (...kinds: number[]): number => entries.filter(({ kind }) => kinds.includes(kind)).length;
	return (
		bytes.length +
		" of " +
		capacity +
		" bytes; " +
		steps +
		" steps; " +
		count(INTERRUPT) +
		" interrupts, " +
		count(ALARM) +
		" alarms, " +
		count(NOW) +
		" times, " +
		count(READ) +
		" bytes received, " +
		(count(ASKED) > 0 ? count(ASKED) + " operations, " + count(COMPLETION) + " completions, " : "") +
		count(PORT, COUNTER, NATIVE, KERNEL) +
		" other values; up to " +
		(ENDS.get(entries[entries.length - 1]?.kind) ?? "when it was taken off")
	);
}
