/**
 * A semaphore: so many permits, taken one or several at a time. Strictly first come, first served: a task that wants many
 * is not starved by those that want few, which wait behind it.
 *
 * ```ts
 * using permit = await slots.acquire();   // one permit, given back at the end of the block
 * await slots.acquireMany(3); … slots.release(3);
 * ```
 *
 * Task context. `release` wakes whoever can have what they wait for: O(woken).
 */
import { type TaskId, wake } from "#hal";
import { createWaitList, delist, enlist } from "../executor/wait-list.ts";
import { Waiter } from "../executor/waiter.ts";
import { PENDING, type Poll, READY } from "../status.ts";

/** The largest number of permits: what XS keeps in an integer. */
const PERMITS_MAX = 0x3fffffff;

/**
 * So many permits, taken one or several at a time; first come, first served. Made at start-up; task context. `release` is
 * O(woken).
 */
export class Semaphore {
	/** Permits that can be had now. */
	available: number;
	readonly waiting = createWaitList();
	readonly permit: Permit;

	/** INIT. Throws RangeError unless the number of permits is a whole number from 0. */
	constructor(permits: number) {
		if (!(permits >= 0 && permits <= PERMITS_MAX) || Math.floor(permits) !== permits)
			throw new RangeError("Semaphore: the permits must be a whole number from 0, got " + permits);
		this.available = permits;
		this.permit = new Permit(this);
	}

	/** Waits for one permit; yields it as an object to dispose of. */
	acquire(): Acquire {
		return new Acquire().start(this);
	}

	/** Waits for so many permits at once; give them back by `release`. */
	acquireMany(count: number): AcquireMany {
		return new AcquireMany().start(this, count);
	}

	/** Takes so many permits when they can be had now and nobody waits for some. */
	tryAcquire(count = 1): boolean {
		if (this.waiting.first !== undefined || count > this.available) return false;
		this.available -= count;
		return true;
	}

	/** Gives permits back, or adds some. */
	release(count = 1): void {
		this.available += count;
		this.grant();
	}

	/** Serves the waiters in their order, as long as there are permits for the first. */
	grant(): void {
		let first = this.waiting.first as Taking<unknown> | undefined;
		while (first !== undefined && first.count <= this.available) {
			this.available -= first.count;
			first.granted = true;
			delist(first);
			wake(first.waker);
			first = this.waiting.first as Taking<unknown> | undefined;
		}
	}
}

/** One permit. There is one object for each semaphore; each permit that was acquired is released once. */
export class Permit {
	private readonly semaphore: Semaphore;

	constructor(semaphore: Semaphore) {
		this.semaphore = semaphore;
	}

	/** Gives the permit back. */
	release(): void {
		this.semaphore.release(1);
	}

	/** What `using` calls at the end of its block: release. */
	[Symbol.dispose](): void {
		this.semaphore.release(1);
	}
}

abstract class Taking<T> extends Waiter<T> {
	count = 1;
	granted = false;
	protected semaphore: Semaphore | undefined = undefined;

	poll(waker: TaskId): Poll {
		const semaphore = this.semaphore as Semaphore;
		if (this.granted) {
			this.granted = false;
			return READY;
		}
		if (this.list === undefined && semaphore.tryAcquire(this.count)) return READY;
		enlist(semaphore.waiting, this, waker);
		return PENDING;
	}

	giveBack(): void {
		this.semaphore?.release(this.count);
	}

	/** Who was given permits and gives up gives them back; who stood in front of others lets them through. */
	override drop(): void {
		const semaphore = this.semaphore;
		if (this.granted) {
			this.granted = false;
			semaphore?.release(this.count);
		} else if (this.list !== undefined) {
			delist(this);
			semaphore?.grant();
		}
	}
}

/** The wait for one permit. */
export class Acquire extends Taking<Permit> {
	/** Chooses the semaphore; a wait under way is given up. */
	start(semaphore: Semaphore): this {
		this.drop();
		this.semaphore = semaphore;
		return this;
	}

	take(): Permit {
		return (this.semaphore as Semaphore).permit;
	}
}

/** The wait for several permits at once. */
export class AcquireMany extends Taking<void> {
	/** Throws RangeError unless the number is a whole number from 0. */
	start(semaphore: Semaphore, count: number): this {
		if (!(count >= 0 && count <= PERMITS_MAX) || Math.floor(count) !== count)
			throw new RangeError("Semaphore: permits are taken in a whole number from 0, got " + count);
		this.drop();
		this.semaphore = semaphore;
		this.count = count;
		return this;
	}

	take(): void {}
}
