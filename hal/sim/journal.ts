/**
 * What has happened in a seeded run: a sum over all events, by which two runs are told to be the same, and the last of them in
 * words. An event costs a few multiplications; words are made when somebody reads them.
 */

const KEPT = 64;

export const EVENTS = [
	"poll",
	"ended",
	"waits",
	"wake",
	"stale wake",
	"spurious wake",
	"happens",
	"timer fires",
	"time passes",
	"sleep",
	"late by",
	"round",
	"round cut after",
	"stop",
	"retired",
	"prints",
] as const;

export type EventKind = (typeof EVENTS)[number];

const KIND_NUMBERS: ReadonlyMap<string, number> = new Map(EVENTS.map((kind, number) => [kind, number]));

export class Journal {
	/** Events so far. */
	count = 0;
	private low = 0x811c9dc5;
	private high = 0x9747b28c;
	private readonly kept: { step: number; time: number; kind: EventKind; about: number; text: string }[] = [];
	private readonly name: (kind: EventKind, about: number) => string;
	private readonly listener: ((line: string) => void) | undefined;

	/** `name` says what a number is about; `listener` gets every event in words, which is slow. */
	constructor(name: (kind: EventKind, about: number) => string, listener?: (line: string) => void) {
		this.name = name;
		this.listener = listener;
	}

	note(step: number, time: number, kind: EventKind, about: number, text = ""): void {
		this.add(KIND_NUMBERS.get(kind) as number);
		this.add(about);
		this.add(time);
		for (let i = 0; i < text.length; i++) this.add(text.charCodeAt(i));
		const event = { step, time, kind, about, text };
		this.kept[this.count++ % KEPT] = event;
		if (this.listener !== undefined) this.listener(this.words(event));
	}

	/** 16 hex digits over every event with its time and subject. */
	get sum(): string {
		const word = (value: number): string => (value >>> 0).toString(16).padStart(8, "0");
		return word(this.high) + word(this.low);
	}

	/** The last events, oldest first. */
	last(): string[] {
		const lines: string[] = [];
		for (let i = Math.max(0, this.count - KEPT); i < this.count; i++) lines.push(this.words(this.kept[i % KEPT]));
		return lines;
	}

	private words({ step, time, kind, about, text }: (typeof this.kept)[number]): string {
		const subject = text === "" ? this.name(kind, about) : text;
		return String(step).padStart(7) + "  " + String(time).padStart(8) + " ms  " + (kind + " " + subject).trimEnd();
	}

	private add(value: number): void {
		this.low = Math.imul(this.low ^ value, 0x01000193);
		this.high = Math.imul((this.high << 5) ^ (this.high >>> 27) ^ value, 0x5bd1e995);
	}
}
