/** What test programs import: a trace, and leaf operations that yield, fail and report being dropped. */
import { now, run as runTask, Sleep } from "stator";
import { Leaf } from "../../src/leaf.ts";

export { sleep, spawn, yieldNow } from "stator";
export { run } from "../../src/plain/run.ts";
export { task } from "../../src/task.ts";
export { runTask };

export const events: string[] = [];

/** One line of the trace, with the virtual time since the test began. */
export function trace(...what: unknown[]): void {
	events.push(now() - begin + " " + what.map(show).join(" "));
}

let begin = 0;

export function beginTrace(): void {
	events.length = 0;
	begin = now();
}

export function show(value: unknown): string {
	if (value instanceof Error) return value.name + ": " + value.message;
	if (typeof value === "function" || typeof value === "symbol") return typeof value;
	return value === undefined ? "undefined" : JSON.stringify(value);
}

/** Yields a value after so many milliseconds. */
export class Wait<T> extends Leaf<T> {
	private readonly pause = new Sleep();
	private value: T | undefined = undefined;
	private active = false;

	start(ms: number, value: T): this {
		this.pause.start(ms);
		this.value = value;
		this.active = true;
		return this;
	}

	poll(waker: number): number {
		const outcome = this.pause.poll(waker);
		if (outcome !== 1) this.active = false;
		return outcome;
	}

	take(): T {
		return this.value as T;
	}

	drop(): void {
		if (this.active) trace("dropped", this.value);
		this.active = false;
		this.pause.drop();
	}
}

export function wait<T>(ms: number, value: T): Wait<T> {
	return new Wait<T>().start(ms, value);
}

/** Throws after so many milliseconds. */
export class Fail extends Leaf<number> {
	private readonly pause = new Sleep();
	private reason = "";

	start(ms: number, reason: string): this {
		this.pause.start(ms);
		this.reason = reason;
		return this;
	}

	poll(waker: number): number {
		return this.pause.poll(waker);
	}

	take(): number {
		throw new Error(this.reason);
	}

	drop(): void {
		this.pause.drop();
	}
}

export function fail(ms: number, reason: string): Fail {
	return new Fail().start(ms, reason);
}

export interface Span {
	from?: number;
	to?: number | undefined;
	deep?: { n: number };
}

/** What a leaf with options was given. */
export const spanText = (tag: string, from: number, to: number | undefined, deep: { n: number } | undefined): string =>
	tag + from + "-" + to + "-" + deep?.n;

/** Yields what it was given. */
export class Part extends Leaf<string> {
	private readonly pause = new Sleep();
	private text = "";

	start(tag: string, from: number, to: number | undefined, deep: { n: number } | undefined): this {
		this.pause.start(1);
		this.text = spanText(tag, from, to, deep);
		return this;
	}

	poll(waker: number): number {
		return this.pause.poll(waker);
	}

	take(): string {
		return this.text;
	}

	drop(): void {
		this.pause.drop();
	}
}

/** A leaf function that reads members of its options alone. */
export function part(tag: string, span: Span = {}): Part {
	return new Part().start(tag, span.from ?? 0, span.to, span.deep);
}

export function loose(tag: string, span?: Span): Part {
	return new Part().start(tag, span?.from ?? 7, span?.to, span?.deep);
}
