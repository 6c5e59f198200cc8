/**
 * A signal: the latest value for who waits next. A new value replaces one that nobody has taken; a value is taken once, by
 * the task that has waited longest. For "this happened" and "this is the newest reading", where what was missed does not
 * matter. (The Signal of embassy-sync, with more than one waiter.)
 *
 * Task context. `signal` costs a wake when somebody waits; no capacity, nothing is ever full.
 */
import type { TaskId } from "#hal";
import { createWaitList, delist, enlist, wakeFirst } from "../executor/wait-list.ts";
import { Waiter } from "../executor/waiter.ts";
import { PENDING, type Poll, READY } from "../status.ts";

/**
 * The latest value, for who waits next: a new value replaces one that nobody has taken. Made at start-up; task context. Nothing
 * is ever full; `signal` costs a wake when somebody waits.
 */
export class Signal<T = void> {
	/** True while there is a value that nobody has taken. */
	signaled = false;
	/** The value, while `signaled`. */
	value: T | undefined = undefined;
	readonly waiting = createWaitList();

	/** Puts the value there, in place of one that was not taken, and wakes the first waiter. O(1). */
	signal(value: T): void {
		this.value = value;
		this.signaled = true;
		if (this.waiting.first !== undefined) wakeFirst(this.waiting);
	}

	/** Forgets a value that was not taken. */
	reset(): void {
		this.signaled = false;
		this.value = undefined;
	}

	/** Takes the value without waiting; undefined when there is none. */
	tryTake(): T | undefined {
		const value = this.value;
		this.signaled = false;
		this.value = undefined;
		return value;
	}

	/** Waits for a value and takes it. */
	wait(): SignalWait<T> {
		return new SignalWait<T>().start(this);
	}
}

/** The wait for a signal. */
export class SignalWait<T> extends Waiter<T> {
	private signal: Signal<T> | undefined = undefined;
	private value: T | undefined = undefined;

	/** Chooses the signal; returns itself, to be awaited. */
	start(signal: Signal<T>): this {
		delist(this);
		this.signal = signal;
		return this;
	}

	poll(waker: TaskId): Poll {
		const signal = this.signal as Signal<T>;
		if (!signal.signaled) {
			enlist(signal.waiting, this, waker);
			return PENDING;
		}
		delist(this);
		this.value = signal.tryTake();
		return READY;
	}

	take(): T {
		const value = this.value as T;
		this.value = undefined;
		return value;
	}

	/** A newer value has replaced it. */
	giveBack(): void {
		const signal = this.signal;
		if (signal !== undefined && !signal.signaled) signal.signal(this.take());
	}

	/** Who was woken and gives up hands the value on to the next waiter. */
	override drop(): void {
		const woken = this.list === undefined;
		delist(this);
		const signal = this.signal;
		if (woken && signal?.signaled && signal.waiting.first !== undefined) wakeFirst(signal.waiting);
	}
}
