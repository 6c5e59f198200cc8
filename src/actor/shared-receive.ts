/**
 * Waits for what comes through a signal or a channel in C memory (native/abi/ring.h). Woken by whoever put it there: a task of any
 * machine, an interrupt handler, another thread. Those who wait are served in the order in which they came.
 *
 * Cost: starting, polling and taking are one native call each, O(1), and allocate nothing; compiled tasks make these calls
 * themselves, without an object, for numbers.
 */
import { itemRead, ringLeave, ringPoll, ringStart, ringTake, ringWaitNew, type TaskId } from "#hal";
import { Leaf } from "../leaf.ts";
import type { Poll } from "../status.ts";
import { elementOf, type ItemView } from "./item.ts";
import type { Field } from "./record.ts";

/** What is waited at: a shared signal or channel. */
export interface Shared {
	/** Its number at the platform. */
	readonly number: number;
}

/** As STATOR_ITEM_MAX in native/abi/ring.h. */
const ITEM_MAX = 32;

/** The wait for a number. */
export class SharedReceive extends Leaf<number> {
	private readonly wait = ringWaitNew();

	/** Begins a wait at a signal or channel; returns itself, to be awaited. */
	start(from: Shared): this {
		return this.startAt(from.number);
	}

	/** The same, by its number at the platform. */
	startAt(number: number): this {
		ringStart(this.wait, number);
		return this;
	}

	poll(waker: TaskId): Poll {
		return ringPoll(this.wait, waker);
	}

	take(): number {
		return ringTake(this.wait);
	}

	/** Who was woken and gives up hands the wake on: nobody sleeps beside a value. */
	drop(): void {
		ringLeave(this.wait);
	}
}

/** The wait for a record; it yields itself: the copy is in it, and good until the same place waits again. */
export class SharedReceiveRecord extends Leaf<ItemView> implements ItemView {
	private readonly wait = ringWaitNew(ITEM_MAX);

	/** Begins a wait at a signal or channel of records; returns itself, to be awaited. */
	start(from: Shared): this {
		ringStart(this.wait, from.number);
		return this;
	}

	poll(waker: TaskId): Poll {
		return ringPoll(this.wait, waker);
	}

	take(): ItemView {
		return this;
	}

	drop(): void {
		ringLeave(this.wait);
	}

	get(field: Field): number {
		return itemRead(this.wait, field.offset, field.kind);
	}

	getAt(field: Field, index: number): number {
		return itemRead(this.wait, elementOf(field, index), field.kind);
	}
}
