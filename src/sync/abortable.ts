/**
 * Waits that end when the task is asked to stop (`handle.requestStop()`): what an AbortSignal is for in JavaScript, without
 * one to hand on, since each task has its own request.
 *
 * ```ts
 * for (;;) {
 * 	const job = await abortable(jobs.receive());
 * 	if (job === STOPPED) break;
 * 	…
 * }
 * await lastWords.send("bye"); // a plain wait goes on as ever
 * ```
 *
 * They look at the task that polls them, so they need no list and cost a look at one word more than what they wait for.
 */
import type { TaskId } from "#hal";
import type { Awaitable } from "../awaitable.ts";
import { stopAsked } from "../executor/stop.ts";
import { SLOT_MASK } from "../executor/table.ts";
import { Leaf } from "../leaf.ts";
import { PENDING, type Poll, READY } from "../status.ts";

/** What an abortable wait yields when its task has been asked to stop. */
export const STOPPED: unique symbol = Symbol("STOPPED");
/** The type of STOPPED. */
export type Stopped = typeof STOPPED;

/** A wait that is given up when its task is asked to stop. The request goes before a value that is there. */
export class Abortable<T> extends Leaf<T | Stopped> {
	private inner: Awaitable<T> | undefined = undefined;
	private stopped = false;

	/** The wait, started. */
	start(inner: Awaitable<T>): this {
		this.inner = inner;
		this.stopped = false;
		return this;
	}

	poll(waker: TaskId): Poll {
		const inner = this.inner as Awaitable<T>;
		if (!stopAsked(waker & SLOT_MASK)) return inner.poll(waker);
		inner.drop();
		this.stopped = true;
		return READY;
	}

	take(): T | Stopped {
		return this.stopped ? STOPPED : (this.inner as Awaitable<T>).take();
	}

	fails(): boolean {
		return !this.stopped && this.inner?.fails?.() === true;
	}

	giveBack(): void {
		if (!this.stopped) this.inner?.giveBack?.();
	}

	drop(): void {
		this.inner?.drop();
	}
}

/** The wait for a request to stop. */
export class UntilStop extends Leaf<void> {
	/** Returns itself, to be awaited. */
	start(): this {
		return this;
	}

	/** Whoever asks wakes the task. */
	poll(waker: TaskId): Poll {
		return stopAsked(waker & SLOT_MASK) ? READY : PENDING;
	}

	take(): void {}

	drop(): void {}
}

/** Waits for something, or yields STOPPED when the task has been or is asked to stop; the wait is given up then. */
export function abortable<T>(inner: Awaitable<T>): Abortable<T> {
	return new Abortable<T>().start(inner);
}

/** Waits until the task is asked to stop: `await select(presses.receive(), untilStop())`. */
export function untilStop(): UntilStop {
	return new UntilStop().start();
}
