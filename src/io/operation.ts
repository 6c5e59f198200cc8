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
import {
	ioCancel,
	ioCloseNow,
	ioDelete,
	ioDrop,
	ioEnd,
	ioHandedOver,
	ioHandOver,
	ioHeld,
	ioHold,
	ioNew,
	ioPoll,
	ioTake,
	type TaskId,
} from "#hal";
import { setOutstanding } from "../executor/end.ts";
import { Leaf } from "../leaf.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import type { IoBuffer } from "./buffer.ts";
import { EINTR } from "./errors.ts";

let watched = false;

/** An operation's number; `stored`: with room for paths, addresses and vectors. INIT */
export function newOperation(stored = false): number {
	const operation = ioNew(stored);
	if (!watched) {
		watched = true;
		setOutstanding({ drop: ioEnd, hold: ioHold, held: ioHeld });
	}
	return operation;
}

/** A wait that goes through the ring: every wait of `stator/io` but those that only look at the program's own objects. */
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

/** A file or a socket: what has a descriptor, or a place in the ring's table; -1: it is not open. */
export interface Descriptor {
	handle: number;
}

/** Goes on until everything has been moved, the end has come or something stops it: what comes short is begun again. */
export abstract class TransferAll extends Operation {
	/** How many bytes have been moved, whatever stopped it. */
	moved = 0;
	protected target: Descriptor | undefined = undefined;
	protected buffer: IoBuffer | undefined = undefined;
	protected offset = 0;
	protected length = 0;
	private outcome = 0;

	/** Begins it. */
	protected transfer(target: Descriptor, buffer: IoBuffer, offset?: number, length?: number): this {
		this.target = target;
		this.buffer = buffer;
		this.offset = offset === undefined ? 0 : offset;
		this.length = length === undefined ? buffer.length - this.offset : length;
		this.moved = 0;
		this.next(0);
		return this;
	}

	/** Begins to move what is left. */
	protected abstract next(moved: number): void;
	/** What a count of 0 means, with bytes left. */
	protected abstract stopped(): number;

	override poll(waker: TaskId): Poll {
		for (;;) {
			if (super.poll(waker) === PENDING) return PENDING;
			const count = ioTake(this.operation);
			if (count > 0) this.moved += count;
			if (count === EINTR || (count > 0 && this.moved < this.length)) {
				this.next(this.moved);
				continue;
			}
			this.outcome = count < 0 ? count : this.moved < this.length ? this.stopped() : this.moved;
			return READY;
		}
	}

	take(): number {
		return this.outcome;
	}
}

/** The wait for a descriptor's place in the ring's table. */
export class HandOver extends Operation {
	private target: Descriptor | undefined = undefined;

	constructor() {
		super(true);
	}

	/** Begins, as `handOver`. */
	start(target: Descriptor): this {
		this.target = target;
		ioHandOver(this.begin(), target.handle);
		return this;
	}

	take(): number {
		const result = ioTake(this.operation);
		if (result < 0) return result;
		const target = this.target as Descriptor;
		const before = target.handle;
		target.handle = ioHandedOver(this.operation);
		ioCloseNow(before);
		return READY;
	}
}
