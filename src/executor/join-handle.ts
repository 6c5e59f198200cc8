/**
 * Handles: where a task's outcome is kept for those who wait for it.
 *
 * A handle is made by who spawns, at start-up (`const h = new JoinHandle<number>()`, then `spawn(token, h)`), and may
 * serve one task after another. The outcome lives in the handle, not in the slot: a slot is free again the moment its
 * task ends, however late the join comes. A handle knows its task by id, so one kept after its task has ended is a
 * stranger to the slot's next tenant.
 */
import { level, USAGE_CYCLES, usage } from "#hal";
import { Leaf } from "../leaf.ts";
import { ECANCELED, EINVAL, PENDING, type Poll, READY } from "../status.ts";
import { cancel } from "./cancel.ts";
import { requestStop } from "./stop.ts";
import { LEVEL, LEVEL_SHIFT, levelAt, poolAt, states } from "./table.ts";
import { isCurrent, slotOf, type TaskId } from "./task-id.ts";
import {
	createWaitEntry,
	createWaitList,
	delist,
	enlist,
	type WaitEntry,
	type WaitList,
	wakeAll,
} from "./wait-list.ts";

/** What a join yields when the task was cancelled. */
export const CANCELLED: unique symbol = Symbol("CANCELLED");
/** The type of CANCELLED. */
export type Cancelled = typeof CANCELLED;

/** Status of a handle whose task threw: the same number as the hal's THREW. */
const FAILED = 2;

/** The outcome of at most one task at a time. Made at start-up; a handle that a task still uses cannot be given away. */
export class JoinHandle<T> {
	/** The task's id; -1 before the first spawn. */
	id: TaskId = -1;
	/** PENDING while the task lives; READY, ECANCELED or another status after. */
	status: number = EINVAL;
	/** The task's value, or what it threw. */
	outcome: unknown = undefined;
	readonly waiting: WaitList = createWaitList();
	/** The failure of its task is not put on the console: somebody will look at the handle. */
	silent = false;

	/** True when the task has ended, in whatever way. */
	get done(): boolean {
		return this.id >= 0 && this.status !== PENDING;
	}

	/** True when the task ended with an exception; `outcome` is what it threw. */
	get failed(): boolean {
		return this.status === FAILED;
	}

	/** The task's name, undefined when it is not alive. */
	get name(): string | undefined {
		return isCurrent(this.id) ? poolAt(slotOf(this.id)).name : undefined;
	}

	/** The CPU priority level, 0 (high) to 2 (low); undefined when the task is not alive. May be set while it waits or runs. */
	get priority(): number | undefined {
		return isCurrent(this.id) ? levelAt(slotOf(this.id)) : undefined;
	}

	set priority(to: number | undefined) {
		if (to !== 0 && to !== 1 && to !== 2) throw new RangeError("priority must be 0 (high), 1 or 2 (low), got " + to);
		if (!isCurrent(this.id)) return;
		const slot = slotOf(this.id);
		states[slot] = (states[slot] & ~LEVEL) | (to << LEVEL_SHIFT);
		level(slot, to);
	}

	/** Processor cycles of its polls so far, the one under way not counted (more: taskStats); undefined when it is not alive. */
	get cycles(): number | undefined {
		return isCurrent(this.id) ? usage(slotOf(this.id), USAGE_CYCLES) : undefined;
	}

	/** Asks for the task's end: it is unwound in its next turn, then joins yield CANCELLED. ESRCH: it has ended already. */
	cancel(): number {
		return cancel(this.id);
	}

	/** Asks the task to stop of its own accord, which it sees by `abortable`, `untilStop` or `stopRequested`. ESRCH: it has ended already. */
	requestStop(): number {
		return requestStop(this.id);
	}

	/** Waits for the end. Makes an object; where nothing may be allocated, keep a `Join` and start it. */
	join(): Join<T> {
		return new Join<T>().start(this);
	}

	/** The executor reports the end. */
	settle(status: number, outcome: unknown): void {
		this.status = status;
		this.outcome = outcome;
		if (this.waiting.first !== undefined) wakeAll(this.waiting);
	}

	/** The outcome as a join yields it: the value, CANCELLED, the status that a poll returned, or the task's exception thrown again. */
	take(): T | Cancelled {
		if (this.status === READY) return this.outcome as T;
		if (this.status === FAILED) throw this.outcome;
		if (this.status === ECANCELED) return CANCELLED;
		if (!this.done) throw new TypeError("join: the handle has no task that has ended");
		return this.status as T; // a hand-written task that returned a status
	}
}

/** The wait for a task's end; several may wait for the same. */
export class Join<T> extends Leaf<T | Cancelled> {
	private readonly entry: WaitEntry = createWaitEntry();
	private handle: JoinHandle<T> | undefined = undefined;

	/** Chooses the handle. Its task must have been spawned. */
	start(handle: JoinHandle<T>): this {
		if (handle.id < 0) throw new TypeError("join: nothing was spawned with this handle");
		delist(this.entry);
		this.handle = handle;
		return this;
	}

	poll(waker: TaskId): Poll {
		const handle = this.handle;
		if (handle === undefined) throw new TypeError("join: not started");
		if (handle.status !== PENDING) {
			delist(this.entry);
			return READY;
		}
		enlist(handle.waiting, this.entry, waker);
		return PENDING;
	}

	take(): T | Cancelled {
		return (this.handle as JoinHandle<T>).take();
	}

	fails(): boolean {
		return (this.handle as JoinHandle<T>).failed;
	}

	drop(): void {
		delist(this.entry);
	}
}
