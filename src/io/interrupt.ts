/**
 * Waiting for an interrupt. Its handler counts and wakes, nothing else; the task sees to what it means. What a wait yields is how
 * often the interrupt came since the same task's last wait for it, so that none is lost, however late the task comes.
 *
 * Cost: the handler wakes each waiting task, once; starting, polling and giving up are O(1) and allocate nothing.
 */
import {
	type InterruptMode,
	interruptClear,
	interruptDelete,
	interruptNew,
	interruptPollOwn,
	interruptPriority,
	interruptStart,
	interruptTake,
	type TaskId,
	type Vector,
} from "#hal";
import { Leaf } from "../leaf.ts";
import type { Poll } from "../status.ts";

export type { InterruptMode, Vector };

/** The wait for an interrupt, at a place in the vector's list that is its own for good. Made at start-up. */
export class Interrupt extends Leaf<number> {
	/** -1: given back; the next start takes one again. The first property: `poll` finds it there. */
	private wait: number;
	/**
	 * PENDING, and the waker will be woken, or READY. The platform's function itself: what stands around a call of one would be a
	 * fifth of the way from the interrupt to the task.
	 */
	readonly poll: (waker: TaskId) => Poll = interruptPollOwn;

	/** INIT. With a vector it is attached now: one that cannot be waited for throws at start-up, not in the task. */
	constructor(vector?: Vector) {
		super();
		this.wait = interruptNew(vector);
	}

	/**
	 * Begins a wait for a vector, by number or by its name in the chip's manual. "count": from the same task's last wait for it on;
	 * "next": from now on; "hold": as "count", for peripherals that keep their line raised until they have been served: the
	 * vector is disabled from its interrupt until the next wait. Throws RangeError for a vector that is not there, TypeError for
	 * one that the board's own files handle.
	 */
	start(vector: Vector, mode: InterruptMode = "count"): this {
		if (this.wait < 0) this.wait = interruptNew();
		interruptStart(this.wait, vector, mode);
		return this;
	}

	/** How many came: 1 or more. */
	take(): number {
		return interruptTake(this.wait);
	}

	drop(): void {
		if (this.wait >= 0) interruptClear(this.wait);
	}

	/** Gives its place back until the next start: for waits that are made after start-up and thrown away. */
	dispose(): void {
		if (this.wait < 0) return;
		interruptDelete(this.wait);
		this.wait = -1;
	}
}

/**
 * Waits for a vector's interrupt; yields how many came. Makes an object; keep an `Interrupt` where nothing may be allocated
 * (compiled tasks do by themselves).
 */
export function interrupt(vector: Vector, mode: InterruptMode = "count"): Interrupt {
	return new Interrupt(vector).start(vector, mode);
}

/** Sets a vector's priority: 0 is the most urgent, and what runs at a lower one is interrupted by it. INIT. */
export function prioritize(vector: Vector, priority: number): void {
	interruptPriority(vector, priority);
}
