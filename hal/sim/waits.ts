/**
 * Which waits there are, for the invariants: lists of waiting tasks that are in use, and in which poll each wait was renewed last. A
 * task polls every wait that it is in at each of its polls; a wait that its task did not renew was left behind.
 *
 * Lists are those of src/executor/wait-list.ts: `stator sim` puts a layer around its `enlist` that calls `listed`. A wait for a request
 * to stop is in no list, so its `poll` and `drop` have layers too, which call `untilStop`.
 */
import type { TaskId } from "../hal.ts";

/** As src/executor/wait-list.ts has them. */
export interface ListEntry {
	waker: TaskId;
	next: ListEntry | undefined;
	previous: ListEntry | undefined;
	list: List | undefined;
}

export interface List {
	first: ListEntry | undefined;
	last: ListEntry | undefined;
}

export const TIMER = 0;
export const INTERRUPT = 1;
export const QUEUE = 2;
export const RING = 3;
export const TICK = 4;

export class Waits {
	/** Lists that have, or had lately, an entry. */
	readonly lists = new Set<List>();
	/** Whether lists are seen at all: in programs that `stator sim` has bundled. */
	seesLists = false;
	/** The number of the poll under way. */
	poll = 0;
	/** Waits for a request to stop that were polled and not dropped since: whose they are, and in which poll. */
	readonly stops = new Map<object, { waker: TaskId; renewed: number }>();
	private readonly entries = new WeakMap<ListEntry, number>();
	private readonly numbered: number[][] = [[], [], [], [], []];

	listed(list: List, entry: ListEntry): void {
		this.lists.add(list);
		this.entries.set(entry, this.poll);
	}

	/** A task waits for a request to stop; undefined: it does not any more. */
	untilStop(wait: object, waker: TaskId | undefined): void {
		if (waker === undefined) this.stops.delete(wait);
		else this.stops.set(wait, { waker, renewed: this.poll });
	}

	/** Whether a task's poll that is under way waits for a request to stop. Earlier ones are forgotten: there was nothing to leave. */
	stillUntilStop(id: TaskId): boolean {
		let still = false;
		for (const [wait, { waker, renewed }] of this.stops) {
			if (waker !== id) continue;
			if (renewed === this.poll) still = true;
			else this.stops.delete(wait);
		}
		return still;
	}

	/** A timer, an interrupt's wait or a queue's, by its number, was polled. */
	renewed(kind: number, number: number): void {
		this.numbered[kind][number] = this.poll;
	}

	/** The poll in which it was last renewed. */
	renewedIn(entry: ListEntry): number {
		return this.entries.get(entry) ?? -1;
	}

	numberRenewedIn(kind: number, number: number): number {
		return this.numbered[kind][number] ?? -1;
	}
}
