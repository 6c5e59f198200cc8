/**
 * A mutex around a value: one task at a time has it, across its awaits. Strictly first come, first served: unlocking hands
 * the lock to the task that has waited longest, nobody overtakes it.
 *
 * ```ts
 * using bus = await i2c.lock();      // released at the end of the block, also by an exception or a cancellation
 * bus.value.write(…);
 * ```
 *
 * Where no await lies between taking and giving back, no mutex is needed: tasks of one executor do not interrupt one another.
 *
 * Task context. Not for interrupt handlers. Cost of an uncontended lock: no wake, one poll of the wait.
 */
import type { TaskId } from "#hal";
import { createWaitList, delist, enlist, wakeFirst } from "../executor/wait-list.ts";
import { Waiter } from "../executor/waiter.ts";
import { PENDING, type Poll, READY } from "../status.ts";

/**
 * A lock around a value: one task at a time has it, across its awaits; first come, first served. Made at start-up; task
 * context. An uncontended lock costs no wake and one poll of the wait.
 */
export class Mutex<T = void> {
	locked = false;
	readonly waiting = createWaitList();
	/** Who was given the lock and has not been polled since. */
	granted: Lock<T> | undefined = undefined;
	readonly guard: MutexGuard<T>;

	/** INIT */
	constructor(value?: T) {
		this.guard = new MutexGuard<T>(this, value as T);
	}

	/** Waits for the lock; yields the guard. */
	lock(): Lock<T> {
		return new Lock<T>().start(this);
	}

	/** The guard, or undefined when the lock is taken. */
	tryLock(): MutexGuard<T> | undefined {
		if (this.locked) return undefined;
		this.locked = true;
		return this.guard;
	}

	/** Gives the lock to the next in line, or back. Throws TypeError when nobody has it. */
	unlock(): void {
		if (!this.locked) throw new TypeError("Mutex: unlocked, but nobody holds the lock");
		const next = this.waiting.first as Lock<T> | undefined;
		if (next === undefined) {
			this.locked = false;
			return;
		}
		this.granted = next;
		wakeFirst(this.waiting);
	}
}

/** Stands for the lock, and leads to the value. There is one for each mutex: it is only good while the lock is held. */
export class MutexGuard<T> {
	value: T;
	private readonly mutex: Mutex<T>;

	constructor(mutex: Mutex<T>, value: T) {
		this.mutex = mutex;
		this.value = value;
	}

	/** Gives the lock to the next in line, or back. TypeError when nobody has it. */
	release(): void {
		this.mutex.unlock();
	}

	/** What `using` calls at the end of its block: release. */
	[Symbol.dispose](): void {
		this.mutex.unlock();
	}
}

/** The wait for the lock. */
export class Lock<T> extends Waiter<MutexGuard<T>> {
	private mutex: Mutex<T> | undefined = undefined;

	/** Chooses the mutex; returns itself, to be awaited. */
	start(mutex: Mutex<T>): this {
		if (this.list !== undefined) delist(this);
		this.mutex = mutex;
		return this;
	}

	poll(waker: TaskId): Poll {
		const mutex = this.mutex as Mutex<T>;
		if (!mutex.locked) {
			mutex.locked = true;
			return READY;
		}
		if (mutex.granted === this) {
			mutex.granted = undefined;
			return READY;
		}
		enlist(mutex.waiting, this, waker);
		return PENDING;
	}

	take(): MutexGuard<T> {
		return (this.mutex as Mutex<T>).guard;
	}

	giveBack(): void {
		this.mutex?.unlock();
	}

	/** Who was given the lock and gives up hands it on. */
	override drop(): void {
		delist(this);
		const mutex = this.mutex;
		if (mutex === undefined || mutex.granted !== this) return;
		mutex.granted = undefined;
		mutex.unlock();
	}
}
