/**
 * The part of the seam behind `stator/threads`: executors on threads of their own, and the work that goes to them (native/linux/dispatch.h).
 * Linux has it, Node's simulated machine acts it out; builds for boards refuse what imports it.
 */
import type { TaskId } from "./hal.ts";

/** What a platform with threads exports, by name. */
export interface Threads {
	/** The executor that runs this: 0, the main thread's, or the number of a thread. */
	threadNumber(): number;
	/** So many threads will be begun. Throws RangeError when the program was not built for so many. INIT, the main thread */
	threadsOpen(count: number): void;
	/**
	 * Begins an executor that takes the work of a dispatcher; returns when its machine has come as far as `threadReady`. False: this
	 * machine is to serve it, with a porter of its own. INIT, the main thread
	 */
	threadStart(number: number, dispatcher: number): boolean;
	/** The start-up of this thread is over. */
	threadReady(): void;
	/** This thread is at its end: its inbox is cancelled. Does not return. */
	threadLeave(): never;
	/** No more work is taken, what waits is cancelled, every thread gets DUE_STOP. */
	threadsStop(): void;
	/** How many threads have not ended. The main thread */
	threadsLeft(): number;
	/** A number about an executor, by its THREAD_ number; EINVAL: there is no such executor. Any thread. */
	threadStat(executor: number, which: number): number;
	/** A task that may cross threads, of so many slots, is so called: its number. Every machine says the same in the same order. INIT. Throws RangeError (native/linux/dispatch.h). */
	taskShare(name: string, slots: number): number;
	/** A dispatcher with a pool of so many pieces of work: its number; in every machine as with taskShare. INIT */
	dispatcherNew(capacity: number): number;
	/** It takes no more work, cancels what waits, and tells its executors to quit. */
	dispatcherQuit(dispatcher: number): void;
	/** A wait's number. INIT */
	dispatcherWaitNew(): number;
	/** How much is not done, or how many executors are there, when it is at most `most`; else -1, and `waker` will be woken. HOT */
	dispatcherWaitPoll(wait: number, dispatcher: number, what: number, most: number, waker: TaskId): number;
	/** Waits no more; any number of times. */
	dispatcherWaitLeave(wait: number): void;
	/** A piece of work of this executor's own, with room for so many bytes: its number. `tag`: what workNext calls it when it comes back. INIT */
	workNew(task: number, bytes: number, tag: number): number;
	/** One of a dispatcher's pool, or ENOBUFS, ECANCELED. HOT */
	workAlloc(dispatcher: number, task: number): number;
	/** Sets an argument (0 to 5); false: it is under way. HOT */
	workArgument(work: number, index: number, value: number): boolean;
	/** An argument. HOT */
	workArgumentOf(work: number, index: number): number;
	/** To a dispatcher's queue. 0, EBUSY: it is under way, ECANCELED: the dispatcher has quit. HOT */
	workSubmit(work: number, dispatcher: number, priority: number): number;
	/** Into an executor's inbox. As workSubmit; ESRCH: there is no such executor. HOT */
	workAttach(work: number, executor: number, priority: number): number;
	/** What comes next for an executor of this machine: see NEXT_. HOT */
	workNext(executor: number, waker: TaskId): number;
	/** Work that is to begin has begun, as this task. HOT */
	workBegan(work: number, id: TaskId): void;
	/** It cannot, no slot being free: it goes back. False: and nothing that ends will free one. */
	workRefuse(work: number): boolean;
	/** It has ended, with a status, and READY with a number or nothing. HOT */
	workEnd(work: number, status: number, value: unknown): void;
	/** It has ended with an exception. */
	workFail(work: number, error: unknown): void;
	/** Its task, its priority from bit 8, what it was asked (ASKED_) from bit 16. HOT */
	workWhat(work: number): number;
	/** The id of the task that runs it, in the machine that does. */
	workRunsAs(work: number): TaskId;
	/** Of work that has come back: its status. */
	workStatus(work: number): number;
	/** Its value, when it has one. */
	workValue(work: number): number | undefined;
	/** The text of its exception. */
	workText(work: number): string;
	/** Asks something of work that is under way; what has not begun is over at once when it is to end. 0, or ESRCH. */
	workAsk(work: number, asked: number): number;
	/** Copies bytes into the work: how many. HOT */
	workStore(work: number, from: ArrayBufferView, offset: number, count: number): number;
	/** Copies bytes out of it: how many. HOT */
	workFetch(work: number, into: ArrayBufferView, offset: number, count: number): number;
}
