/**
 * A limit on any wait: `withTimeout(presses.receive(), 1000)` yields the value, or TIMEOUT when the time came first; the wait
 * is given up then. (embassy-time's with_timeout.)
 */
import type { TaskId } from "#hal";
import type { Awaitable } from "../awaitable.ts";
import { Leaf } from "../leaf.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { Sleep } from "./sleep.ts";

/** What a wait yields whose time is up. */
export const TIMEOUT: unique symbol = Symbol("TIMEOUT");
/** The type of TIMEOUT. */
export type TimedOut = typeof TIMEOUT;

/** A wait and a limit. A value that is there at the last moment wins. */
export class Timeout<T> extends Leaf<T | TimedOut> {
	private readonly limit = new Sleep();
	private inner: Awaitable<T> | undefined = undefined;
	private late = false;

	/** The wait, started, and so many milliseconds from now. Throws RangeError for a negative duration or NaN. */
	start(inner: Awaitable<T>, ms: number): this {
		this.limit.start(ms);
		this.inner = inner;
		this.late = false;
		return this;
	}

	/** The wait, started, and a tick of the clock. */
	startAt(inner: Awaitable<T>, at: number): this {
		this.limit.startAt(at);
		this.inner = inner;
		this.late = false;
		return this;
	}

	poll(waker: TaskId): Poll {
		const inner = this.inner as Awaitable<T>;
		const status = inner.poll(waker);
		if (status !== PENDING) {
			this.limit.drop();
			return status;
		}
		if (this.limit.poll(waker) === PENDING) return PENDING;
		inner.drop();
		this.late = true;
		return READY;
	}

	take(): T | TimedOut {
		return this.late ? TIMEOUT : (this.inner as Awaitable<T>).take();
	}

	fails(): boolean {
		return !this.late && this.inner?.fails?.() === true;
	}

	giveBack(): void {
		if (!this.late) this.inner?.giveBack?.();
	}

	drop(): void {
		this.limit.drop();
		this.inner?.drop();
	}
}

/** Waits for something, at most so many milliseconds. */
export function withTimeout<T>(inner: Awaitable<T>, ms: number): Timeout<T> {
	return new Timeout<T>().start(inner, ms);
}

/** Waits for something until a tick of the clock (`now()`); one that has passed leaves one look. */
export function withDeadline<T>(inner: Awaitable<T>, at: number): Timeout<T> {
	return new Timeout<T>().startAt(inner, at);
}
