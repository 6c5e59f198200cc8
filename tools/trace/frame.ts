/**
 * The printed form of a trace (native/xs/trace.c, docs/SPEC.md): lines that begin with `stator-trace: ` among whatever else
 * a program printed. Reading checks the sum and gives the records in the order of time, in steps of the clock since start.
 */
import { crc32 } from "node:zlib";
import { UserError } from "../report.ts";

/** Kinds of records, as in native/abi/trace.h; tests/native/abi.test.ts compares them. */
export const POLL_BEGIN = 1;
export const POLL_END = 2;
export const WAKE = 3;
export const SPAWN = 4;
export const EXIT = 5;
export const IDLE_ENTER = 6;
export const IDLE_LEAVE = 7;
export const INTERRUPT_ENTER = 8;
export const INTERRUPT_LEAVE = 9;
export const TIMER = 10;
export const MARK = 11;
export const VALUE = 12;
export const EPOCH = 13;
export const WAKER = 14;

const VERSION = 1;
const WORD = 2 ** 32;

export interface TraceRecord {
	/** Steps of the clock since start. */
	time: number;
	kind: number;
	executor: number;
	/** Task slot, exception, timer or name, as the kind says. */
	about: number;
	/** Of a mark. */
	value?: number;
}

export interface TraceFrame {
	hz: number;
	lost: number;
	full: "stop" | "overwrite";
	/** The clock when it was printed. */
	end: number;
	records: TraceRecord[];
	/** Names of marks, by number. */
	marks: Map<number, string>;
	/** Exception -> address of its handler. */
	interrupts: Map<number, number>;
	/** What machines are called, by the executor's number; none when there is one alone. */
	executors: Map<number, string>;
	/** Those of them that are on threads: they run beside all others. */
	threads: Set<number>;
	/** Which slots of which executor belong to which task. */
	tasks: { executor: number; base: number; size: number; name: string }[];
}

const PREFIX = "stator-trace: ";

export const isTraceLine = (line: string): boolean => line.startsWith(PREFIX);

/** Reads the last complete trace in a program's output. */
export function readFrame(output: string): TraceFrame {
	const lines = output.split(/\r?\n/).filter(isTraceLine);
	const last = lines.findLastIndex((line) => line.startsWith(PREFIX + "begin "));
	if (last < 0)
		throw new UserError(
			"the program printed no trace",
			"is the setting trace in its manifest, or was it built with --trace?",
		);
	const head = /begin (\d+) hz (\d+) records (\d+) lost (\d+) full (stop|overwrite) end ([0-9a-f]+)$/.exec(lines[last]);
	if (head === null || Number(head[1]) !== VERSION)
		throw new UserError("this trace has another format than the tool: " + lines[last], "build the program again");
	const frame: TraceFrame = {
		hz: Number(head[2]),
		lost: Number(head[4]),
		full: head[5] as TraceFrame["full"],
		end: Number.parseInt(head[6], 16),
		records: [],
		marks: new Map(),
		interrupts: new Map(),
		executors: new Map(),
		threads: new Set(),
		tasks: [],
	};
	const words: number[] = [];
	let ended = false;
	for (const line of lines.slice(last + 1)) {
		const [what, ...rest] = line.slice(PREFIX.length).split(" ");
		if (what === "r") for (const [word] of rest[0].matchAll(/[0-9a-f]{8}/g)) words.push(Number.parseInt(word, 16));
		else if (what === "sum") checkSum(words, rest[0]);
		else if (what === "mark") frame.marks.set(Number(rest[0]), rest.slice(1).join(" "));
		else if (what === "interrupt") frame.interrupts.set(Number(rest[0]), Number.parseInt(rest[1], 16));
		else if (what === "executor" || what === "thread") {
			frame.executors.set(Number(rest[0]), rest.slice(1).join(" "));
			if (what === "thread") frame.threads.add(Number(rest[0]));
		} else if (what === "task") {
			const [executor, base, size] = rest.map(Number);
			frame.tasks.push({ executor, base, size, name: rest.slice(3).join(" ") });
		} else if (what === "end") ended = true;
	}
	if (words.length !== 2 * Number(head[3]) || !ended)
		throw new UserError(
			"the trace is cut off: " + words.length / 2 + " of " + head[3] + " records arrived",
			"let the program come to its end",
		);
	frame.records = decode(words, frame.end);
	return frame;
}

/** As the words lie in memory: little-endian. */
function checkSum(words: readonly number[], printed: string): void {
	const bytes = Buffer.alloc(4 * words.length);
	words.forEach((word, index) => {
		bytes.writeUInt32LE(word, 4 * index);
	});
	if (crc32(bytes) !== Number.parseInt(printed, 16))
		throw new UserError(
			"the trace was garbled on its way: its sum is wrong",
			"try again; is the console's line noisy?",
		);
}

/** Times are the clock's low words: what came before is told from the distance, and from the EPOCH records. */
function decode(words: readonly number[], end: number): TraceRecord[] {
	const records: TraceRecord[] = [];
	let time = words[0] ?? 0;
	let anchored = false;
	for (let i = 0; i < words.length; i += 2) {
		const [stamp, what] = [words[i], words[i + 1]];
		const kind = (what >>> 24) & 31;
		if (kind === VALUE) {
			const mark = records[records.length - 1];
			if (mark?.kind === MARK) mark.value = stamp | 0;
			continue;
		}
		time += (stamp - (time % WORD)) | 0;
		if (kind === EPOCH) {
			const whole = (what & 0xffffff) * WORD + stamp;
			if (!anchored) for (const record of records) record.time += whole - time;
			anchored = true;
			time = whole;
			continue;
		}
		records.push({ time, kind, executor: ((what >>> 20) & 15) | ((what >>> 29) << 4), about: what & 0xfffff });
	}
	if (!anchored && records.length > 0) {
		// The last one was written less than a turn of the low word before the end.
		const shift = end - ((((end - time) % WORD) + WORD) % WORD) - time;
		for (const record of records) record.time += shift;
	}
	// Stable: a handler between a writer's look at the clock and its record leaves two in the wrong order.
	return records.sort((a, b) => a.time - b.time);
}
