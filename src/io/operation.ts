/**
 * The base of everything that goes through the ring: a wait that owns an operation of the platform's, made at start-up, begun by its
 * `start`, and used again and again. What it yields is a count, or a negative status.
 *
 * Given up while the kernel has it, it is cancelled: most are over in that moment. One that cannot be cancelled (a file's read that a
 * device is at) keeps its place: the same wait's next start waits for it, and a task that ends meanwhile is over, for those who join
 * it too, when it is (src/executor/end.ts): no buffer has another user before the kernel has let go of it.
 *
 * Task context. Starting, polling and giving up are O(1) and allocate nothing.
 */
import { ioCancel, ioDelete, ioDrop, ioEnd, ioHeld, ioHold, ioNew, ioPoll, ioTake, type TaskId } from "#hal";
import { setOutstanding } from "../executor/end.ts";
import { Leaf } from "../leaf.ts";
import type { Poll } from "../status.ts";

let watched = false;

/** An operation's number; `stored`: with room for paths, addresses and vectors. INIT */
export function newOperation(stored: boolean): number {
	if (!watched) {
		watched = true;
		setOutstanding({ drop: ioEnd, hold: ioHold, held: ioHeld });
	}
	return ioNew(stored);
}

export abstract class Operation<T = number> extends Leaf<T> {
	/** -1: given back; the next start takes one again. */
	protected operation: number;
	private readonly stored: boolean;

	/** INIT. Throws RangeError where there is no ring, and says why. */
	constructor(stored = false) {
		super();
		this.stored = stored;
		this.operation = newOperation(stored);
	}

	/** Its number, for a start. */
	protected begin(): number {
		if (this.operation < 0) this.operation = ioNew(this.stored);
		return this.operation;
	}

	poll(waker: TaskId): Poll {
		return ioPoll(this.operation, waker);
	}

	drop(): void {
		if (this.operation >= 0) ioDrop(this.operation);
	}

	/** Asks the kernel to end it early: it completes as usual, with ECANCELED as a rule. */
	cancel(): void {
		if (this.operation >= 0) ioCancel(this.operation);
	}

	/** Plain tasks make a wait for each await: it is used up. */
	spent(): void {
		this.dispose();
	}

	/** Gives its place back until the next start: for waits that are made after start-up and thrown away. */
	dispose(): void {
		if (this.operation >= 0 && ioDelete(this.operation) === 0) this.operation = -1;
	}
}

/** One that yields what the kernel says: a count or a status. */
export abstract class Count extends Operation {
	take(): number {
		return ioTake(this.operation);
	}
}
