/**
 * A barrier: so many tasks wait for one another, then all go on. It can be used again at once: who comes back early waits
 * for the next opening.
 *
 * Task context. The last to come wakes the others: O(parties). Who gives up is taken out of the count.
 */
import type { TaskId } from "#hal";
import { createWaitList, delist, enlist, wakeAll } from "../executor/wait-list.ts";
import { Waiter } from "../executor/waiter.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { checkedCapacity } from "./capacity.ts";

/**
 * So many tasks wait for one another, then all go on; good again at once. Made at start-up; task context. The last to come
 * wakes the others: O(parties). Who gives up is taken out of the count.
 */
export class Barrier {
	readonly parties: number;
	/** How many wait. */
	arrived = 0;
	/** Counts the openings, and wraps. */
	openings = 0;
	readonly waiting = createWaitList();

	/** INIT. Throws RangeError unless the number of parties is a whole number from 1. */
	constructor(parties: number) {
		this.parties = checkedCapacity(parties, "Barrier: the number of parties");
	}

	/** Waits for the others; yields true for the one that came last. */
	wait(): BarrierWait {
		return new BarrierWait().start(this);
	}
}

/** The wait at a barrier. */
export class BarrierWait extends Waiter<boolean> {
	private barrier: Barrier | undefined = undefined;
	private opening = 0;
	private counted = false;
	private last = false;

	/** Chooses the barrier; a wait under way is given up. */
	start(barrier: Barrier): this {
		this.drop();
		this.barrier = barrier;
		this.last = false;
		return this;
	}

	poll(waker: TaskId): Poll {
		const barrier = this.barrier as Barrier;
		if (!this.counted) {
			if (barrier.arrived + 1 === barrier.parties) {
				this.last = true;
				barrier.arrived = 0;
				barrier.openings = (barrier.openings + 1) | 0;
				wakeAll(barrier.waiting);
				return READY;
			}
			this.counted = true;
			this.opening = barrier.openings;
			barrier.arrived++;
		} else if (barrier.openings !== this.opening) {
			this.counted = false;
			return READY;
		}
		enlist(barrier.waiting, this, waker);
		return PENDING;
	}

	take(): boolean {
		return this.last;
	}

	/** Before the opening: not counted any more. After it: the others have gone on already. */
	override drop(): void {
		delist(this);
		const barrier = this.barrier;
		if (this.counted && barrier !== undefined && barrier.openings === this.opening) barrier.arrived--;
		this.counted = false;
	}
}
