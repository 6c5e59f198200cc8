/**
 * A cell that is set once; who needs the value waits until it is there. For what one task finds out and the others need:
 * an address, a calibration.
 *
 * Task context. `set` wakes every waiter: O(waiters).
 */
import type { TaskId } from "#hal";
import { createWaitList, delist, enlist, wakeAll } from "../executor/wait-list.ts";
import { Waiter } from "../executor/waiter.ts";
import { PENDING, type Poll, READY } from "../status.ts";

/** A cell that is set once; who needs the value waits until it is there. Made at start-up; task context. `set` is O(waiters). */
export class OnceCell<T> {
	isSet = false;
	/** The value; undefined before. */
	value: T | undefined = undefined;
	readonly waiting = createWaitList();

	/** Sets the value; false, and nothing changes, when there is one. */
	set(value: T): boolean {
		if (this.isSet) return false;
		this.value = value;
		this.isSet = true;
		wakeAll(this.waiting);
		return true;
	}

	/** Waits for the value, which stays. */
	wait(): OnceWait<T> {
		return new OnceWait<T>().start(this);
	}
}

/** The wait for the value. */
export class OnceWait<T> extends Waiter<T> {
	private cell: OnceCell<T> | undefined = undefined;

	/** Chooses the cell; returns itself, to be awaited. */
	start(cell: OnceCell<T>): this {
		delist(this);
		this.cell = cell;
		return this;
	}

	poll(waker: TaskId): Poll {
		const cell = this.cell as OnceCell<T>;
		if (!cell.isSet) {
			enlist(cell.waiting, this, waker);
			return PENDING;
		}
		delist(this);
		return READY;
	}

	take(): T {
		return (this.cell as OnceCell<T>).value as T;
	}
}
