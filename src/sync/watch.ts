/**
 * A watch: one value that many look at; each watcher is told of changes, and of the latest only. For settings, states,
 * connection status. A sender never waits. (The Watch of embassy-sync and tokio.)
 *
 * Task context. `send` wakes every waiter: O(waiters).
 */
import type { TaskId } from "#hal";
import { createWaitList, delist, enlist, wakeAll } from "../executor/wait-list.ts";
import { Waiter } from "../executor/waiter.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { Stream } from "../stream.ts";

/** One value that many look at; each watcher is told of the latest change. Made at start-up; task context. `send` is O(waiters). */
export class Watch<T> {
	/** The latest value. */
	value: T;
	/** Counts the sends, and wraps. */
	version = 0;
	readonly waiting = createWaitList();

	/** With a first value, which counts as seen by watchers made later. INIT */
	constructor(value: T) {
		this.value = value;
	}

	/** Replaces the value and wakes every watcher that waits. */
	send(value: T): void {
		this.value = value;
		this.version = (this.version + 1) | 0;
		if (this.waiting.first !== undefined) wakeAll(this.waiting);
	}

	/** One who watches: it has seen the present value. INIT */
	watcher(): Watcher<T> {
		return new Watcher(this);
	}
}

/** One watcher; it remembers what it has seen. Made at start-up. */
export class Watcher<T> extends Stream<T> {
	readonly watch: Watch<T>;
	/** The version it has seen. */
	seen: number;

	constructor(watch: Watch<T>) {
		super();
		this.watch = watch;
		this.seen = watch.version;
	}

	/** True when there is a value that it has not seen. */
	get hasChanged(): boolean {
		return this.seen !== this.watch.version;
	}

	/** The latest value, which counts as seen. */
	get(): T {
		this.seen = this.watch.version;
		return this.watch.value;
	}

	/** Waits for a value that it has not seen, and yields the latest. */
	changed(): Changed<T> {
		return new Changed<T>().start(this);
	}

	/** The same, by the name that `for await` looks for. */
	next(): Changed<T> {
		return new Changed<T>().start(this);
	}
}

/** The wait for a change. */
export class Changed<T> extends Waiter<T> {
	private watcher: Watcher<T> | undefined = undefined;

	/** Chooses the watcher; returns itself, to be awaited. */
	start(watcher: Watcher<T>): this {
		delist(this);
		this.watcher = watcher;
		return this;
	}

	poll(waker: TaskId): Poll {
		const watcher = this.watcher as Watcher<T>;
		const watch = watcher.watch;
		if (watcher.seen === watch.version) {
			enlist(watch.waiting, this, waker);
			return PENDING;
		}
		delist(this);
		return READY;
	}

	take(): T {
		return (this.watcher as Watcher<T>).get();
	}
}
