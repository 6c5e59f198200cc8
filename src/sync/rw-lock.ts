/**
 * A lock for many readers or one writer, around a value. Strictly first come, first served: readers that come after a
 * waiting writer wait behind it, so neither side starves the other; readers that stand next to one another get in together.
 *
 * Task context. Unlocking wakes whom it lets in: O(woken).
 */
import { type TaskId, wake } from "#hal";
import { createWaitList, delist, enlist } from "../executor/wait-list.ts";
import { Waiter } from "../executor/waiter.ts";
import { PENDING, type Poll, READY } from "../status.ts";

const WRITING = -1;

/**
 * A lock for many readers or one writer, around a value; first come, first served, so that neither side starves the other. Made
 * at start-up; task context. Unlocking is O(woken).
 */
export class RwLock<T = void> {
	/** How many read; -1 while one writes. */
	holders = 0;
	readonly waiting = createWaitList();
	readonly readGuard: ReadGuard<T>;
	readonly writeGuard: WriteGuard<T>;
	/** The value: through the guards. */
	content: T;

	/** INIT */
	constructor(value?: T) {
		this.content = value as T;
		this.readGuard = new ReadGuard<T>(this);
		this.writeGuard = new WriteGuard<T>(this);
	}

	/** Waits to read, beside other readers. */
	read(): ReadLock<T> {
		return new ReadLock<T>().start(this);
	}

	/** Waits to write, alone. */
	write(): WriteLock<T> {
		return new WriteLock<T>().start(this);
	}

	/** The guard, or undefined when one writes or waits in front. */
	tryRead(): ReadGuard<T> | undefined {
		return this.enter(false) ? this.readGuard : undefined;
	}

	/** The guard, or undefined when anybody is in or waits in front. */
	tryWrite(): WriteGuard<T> | undefined {
		return this.enter(true) ? this.writeGuard : undefined;
	}

	/** Goes in when nobody waits in front and who is in allows it. */
	enter(writes: boolean): boolean {
		if (this.waiting.first !== undefined || (writes ? this.holders !== 0 : this.holders < 0)) return false;
		this.holders = writes ? WRITING : this.holders + 1;
		return true;
	}

	/** One leaves. */
	leave(writes: boolean): void {
		if (writes ? this.holders !== WRITING : this.holders <= 0)
			throw new TypeError("RwLock: released, but nobody holds it to " + (writes ? "write" : "read"));
		this.holders = writes ? 0 : this.holders - 1;
		this.grant();
	}

	/** Lets in those in front of the line for whom there is room. */
	grant(): void {
		let first = this.waiting.first as Entering<T, unknown> | undefined;
		while (first !== undefined && (first.writes ? this.holders === 0 : this.holders >= 0)) {
			this.holders = first.writes ? WRITING : this.holders + 1;
			first.granted = true;
			delist(first);
			wake(first.waker);
			first = this.waiting.first as Entering<T, unknown> | undefined;
		}
	}
}

/** Held to read. One object for each lock; each read lock is released once. */
export class ReadGuard<T> {
	private readonly lock: RwLock<T>;

	constructor(lock: RwLock<T>) {
		this.lock = lock;
	}

	/** What the lock protects. */
	get value(): T {
		return this.lock.content;
	}

	/** One reader leaves; the last lets a writer in. TypeError when nobody reads. */
	release(): void {
		this.lock.leave(false);
	}

	/** What `using` calls at the end of its block: release. */
	[Symbol.dispose](): void {
		this.lock.leave(false);
	}
}

/** Held to write. One object for each lock. */
export class WriteGuard<T> {
	private readonly lock: RwLock<T>;

	constructor(lock: RwLock<T>) {
		this.lock = lock;
	}

	/** What the lock protects. */
	get value(): T {
		return this.lock.content;
	}

	set value(value: T) {
		this.lock.content = value;
	}

	/** The writer leaves; who is next in line gets in. TypeError when nobody writes. */
	release(): void {
		this.lock.leave(true);
	}

	/** What `using` calls at the end of its block: release. */
	[Symbol.dispose](): void {
		this.lock.leave(true);
	}
}

abstract class Entering<T, G> extends Waiter<G> {
	abstract readonly writes: boolean;
	granted = false;
	protected lock: RwLock<T> | undefined = undefined;

	/** Chooses the lock; a wait under way is given up. */
	start(lock: RwLock<T>): this {
		this.drop();
		this.lock = lock;
		return this;
	}

	poll(waker: TaskId): Poll {
		const lock = this.lock as RwLock<T>;
		if (this.granted) {
			this.granted = false;
			return READY;
		}
		if (this.list === undefined && lock.enter(this.writes)) return READY;
		enlist(lock.waiting, this, waker);
		return PENDING;
	}

	giveBack(): void {
		this.lock?.leave(this.writes);
	}

	/** Who was let in and gives up leaves; who stood in front of others lets them through. */
	override drop(): void {
		const lock = this.lock;
		if (this.granted) {
			this.granted = false;
			lock?.leave(this.writes);
		} else if (this.list !== undefined) {
			delist(this);
			lock?.grant();
		}
	}
}

/** The wait to read. */
export class ReadLock<T> extends Entering<T, ReadGuard<T>> {
	readonly writes = false;

	take(): ReadGuard<T> {
		return (this.lock as RwLock<T>).readGuard;
	}
}

/** The wait to write. */
export class WriteLock<T> extends Entering<T, WriteGuard<T>> {
	readonly writes = true;

	take(): WriteGuard<T> {
		return (this.lock as RwLock<T>).writeGuard;
	}
}
