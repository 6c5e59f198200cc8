/**
 * Work dispatchers: a queue of work and the executors that take from it, each on a thread of its own with a machine of its own. An executor
 * that has nothing else to do takes what comes first: the highest priority, and of that what was submitted first. (monad_async's work
 * dispatcher.)
 *
 * ```ts
 * const dispatcher = new WorkDispatcher({ executors: 4 });                   // at module level: each machine declares the same
 * run(async () => {
 * 	for (let i = 0; i < works.length; i++) dispatcher.submit(works[i].set(i));
 * 	await dispatcher.wait();                                                // until all of it is done
 * 	await dispatcher.quit();                                                // until its executors have ended
 * });
 * ```
 *
 * Submitting is O(1) and allocates nothing; taking is O(shared tasks). Task context.
 */
import {
	dispatcherNew,
	dispatcherQuit,
	dispatcherWaitLeave,
	dispatcherWaitNew,
	dispatcherWaitPoll,
	type TaskId,
	WAIT_EXECUTORS,
	WAIT_UNDONE,
	workAlloc,
	workArgument,
	workSubmit,
} from "#hal";
import { Leaf } from "../leaf.ts";
import { ETIME, PENDING, type Poll, READY } from "../status.ts";
import { Sleep } from "../time/sleep.ts";
import type { SharedTask } from "./shared-task.ts";
import type { Work } from "./work.ts";

/** What a dispatcher is made with, at module level. */
export interface DispatcherOptions {
	/** How many executors it has: a number that is known when the program is built, since each is a machine of the image. */
	executors: number;
	/** How much posted work may be under way at once (`post`); default 0. */
	capacity?: number;
}

/** In the order in which they were made, in every machine the same. */
export const dispatchers: WorkDispatcher[] = [];

const EXECUTORS_MAX = 63;
const CAPACITY_MAX = 1 << 20;

const whole = (value: number, least: number, most: number): boolean =>
	value >= least && value <= most && Math.floor(value) === value;

/** A queue of work with executors of its own. */
export class WorkDispatcher {
	/** Its number, in every machine. */
	readonly number: number;
	readonly executors: number;

	/** At module level, before `run`: every machine declares the same. INIT. Throws RangeError. */
	constructor(options: DispatcherOptions) {
		const { executors, capacity = 0 } = options;
		if (!whole(executors, 1, EXECUTORS_MAX))
			throw new RangeError(
				"WorkDispatcher: executors must be a whole number from 1 to " + EXECUTORS_MAX + ", got " + executors,
			);
		if (!whole(capacity, 0, CAPACITY_MAX))
			throw new RangeError(
				"WorkDispatcher: capacity must be a whole number from 0 to " + CAPACITY_MAX + ", got " + capacity,
			);
		this.number = dispatcherNew(capacity);
		this.executors = executors;
		dispatchers.push(this);
	}

	/** Hands work over. 0; EBUSY: it is under way already; ECANCELED: the dispatcher has quit. */
	submit<A extends number[]>(work: Work<A>): number {
		return work.submitTo(this.number);
	}

	/** Hands over the first `count` of an array, all unless told, in their order. 0, or why one was refused: those before it are under way. */
	submitAll<A extends number[]>(works: readonly Work<A>[], count: number = works.length): number {
		for (let i = 0; i < count; i++) {
			const status = works[i].submitTo(this.number);
			if (status < 0) return status;
		}
		return 0;
	}

	/**
	 * Hands over work that nobody will join. 0; ENOBUFS: as much as `capacity` says is under way; ECANCELED: the dispatcher has quit. What the task
	 * throws is reported on the console.
	 */
	post<A extends number[]>(task: SharedTask<A>, ...args: A): number;
	post(task: SharedTask<number[]>, a?: number, b?: number, c?: number, d?: number, e?: number, f?: number): number {
		const work = workAlloc(this.number, task.number);
		if (work < 0) return work;
		if (a !== undefined) workArgument(work, 0, a);
		if (b !== undefined) workArgument(work, 1, b);
		if (c !== undefined) workArgument(work, 2, c);
		if (d !== undefined) workArgument(work, 3, d);
		if (e !== undefined) workArgument(work, 4, e);
		if (f !== undefined) workArgument(work, 5, f);
		return workSubmit(work, this.number, task.level);
	}

	/**
	 * Waits until at most `max` pieces of work (none, unless told) are not done, queued or running, at most so many milliseconds. Yields how many
	 * they are, or ETIME. Makes an object; where nothing may be allocated, keep a `DispatcherWait`.
	 */
	wait(max?: number, timeoutMs?: number): DispatcherWait {
		return new DispatcherWait().startUndone(this, max, timeoutMs);
	}

	/**
	 * Quits: no more work is taken, what waits is cancelled, what runs goes on to its end; an executor without tasks ends. Waits until at most
	 * `max` executors are left (none, unless told), at most so many milliseconds. Yields how many they are, or ETIME.
	 */
	quit(max?: number, timeoutMs?: number): DispatcherWait {
		return new DispatcherWait().startQuit(this, max, timeoutMs);
	}
}

/** The wait for a dispatcher's work, or for its end. Made at start-up, where nothing may be allocated later. */
export class DispatcherWait extends Leaf<number> {
	private readonly wait = dispatcherWaitNew();
	private readonly limit = new Sleep();
	private dispatcher = 0;
	private what = WAIT_UNDONE;
	private most = 0;
	private limited = false;
	private result = 0;

	/** As WorkDispatcher.wait. */
	startUndone(dispatcher: WorkDispatcher, max: number | undefined, timeoutMs: number | undefined): this {
		return this.begin(dispatcher, WAIT_UNDONE, max, timeoutMs);
	}

	/** As WorkDispatcher.quit: the request is made now. */
	startQuit(dispatcher: WorkDispatcher, max: number | undefined, timeoutMs: number | undefined): this {
		dispatcherQuit(dispatcher.number);
		return this.begin(dispatcher, WAIT_EXECUTORS, max, timeoutMs);
	}

	private begin(
		dispatcher: WorkDispatcher,
		what: number,
		max: number | undefined,
		timeoutMs: number | undefined,
	): this {
		this.drop();
		this.dispatcher = dispatcher.number;
		this.what = what;
		this.most = max === undefined ? 0 : max;
		this.limited = timeoutMs !== undefined;
		if (timeoutMs !== undefined) this.limit.start(timeoutMs);
		return this;
	}

	poll(waker: TaskId): Poll {
		const now = dispatcherWaitPoll(this.wait, this.dispatcher, this.what, this.most, waker);
		if (now >= 0) {
			this.result = now;
			if (this.limited) this.limit.drop();
			return READY;
		}
		if (!this.limited || this.limit.poll(waker) === PENDING) return PENDING;
		dispatcherWaitLeave(this.wait);
		this.result = ETIME;
		return READY;
	}

	take(): number {
		return this.result;
	}

	drop(): void {
		dispatcherWaitLeave(this.wait);
		this.limit.drop();
	}
}
