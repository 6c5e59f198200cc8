/**
 * `run(root, { threads: 4 })`: the root runs on the calling thread, and so do the tasks that it spawns; work runs on executors on threads of
 * their own, which take it from a shared queue (`submit`, `post`), or from their inboxes (`attach`).
 *
 * The last statement of main. Each thread has a machine of its own, booted from the same image, and runs main's module in it up to this
 * call: what the module does before, it does in every machine. Declare tasks, work, dispatchers and what is shared by name there, and
 * nothing else. Start-up is in one order: one thread after another.
 *
 * When the root has ended, queues are cancelled, work that runs is cancelled, every thread ends its tasks and then itself; then run returns. So
 * does SIGINT, which cancels the root. On Node the executors are served by the one machine, in turn.
 */
import {
	DUE_BITS,
	DUE_JOBS,
	DUE_STOP,
	jobs,
	round,
	started,
	threadLeave,
	threadNumber,
	threadReady,
	threadStart,
	threadsLeft,
	threadsOpen,
	threadsStop,
} from "#hal";
import { settle } from "../executor/end.ts";
import type { Cancelled } from "../executor/join-handle.ts";
import { release } from "../executor/poll-task.ts";
import { runFor, stopAll, UNLIMITED } from "../executor/run.ts";
import { spawnDetached } from "../executor/spawn.ts";
import { handles, liveCount, polls, pools, states } from "../executor/table.ts";
import { isCurrent, slotOf, type TaskId, type Token } from "../executor/task-id.ts";
import { run as runRoot } from "../plain/run.ts";
import { dispatchers, WorkDispatcher } from "./dispatcher.ts";
import { cancelErrands, running } from "./errand.ts";
import { createPorter, endPorter, quitting } from "./porter.ts";
import type { SharedTask } from "./shared-task.ts";
import type { Work } from "./work.ts";

/** What `run` takes beside the root. */
export interface ThreadOptions {
	/** How many threads take the work of `submit` and `post`: a number that is known when the program is built. Default: none. */
	threads?: number;
	/** How much posted work may be under way at once; default 0. */
	capacity?: number;
	/**
	 * How files and sockets (`stator/io`) work in tasks on the executors of this program, those of dispatchers too. Known when the program is
	 * built: a string in the call. On Node there are none.
	 *
	 * - `"ring-per-thread"`, unless told: each executor has a ring of its own, takes its completions itself and sleeps there. No lock.
	 * - `"completion-thread"`: one ring for all, and one thread that waits at it and gives what has completed to the executor that asked.
	 *   Completions are taken from the kernel while executors compute.
	 * - `"none"`: executors on threads only compute. The main thread has its ring; a task on another that begins an operation gets a TypeError.
	 */
	io?: "ring-per-thread" | "completion-thread" | "none";
}

let begun = false;
let shared: WorkDispatcher | undefined;
let executors = 1;
let stopping = false;

function theDispatcher(): WorkDispatcher {
	if (shared === undefined)
		throw new TypeError(
			"submit, post: there are no threads to take it; write run(root, { threads: 4 }), or submit to a WorkDispatcher",
		);
	return shared;
}

/** Hands work over to the threads of `run(root, { threads })`. 0; EBUSY: it is under way already; ECANCELED: the program ends. Allocates nothing. */
export function submit<A extends number[]>(work: Work<A>): number {
	return work.submitTo(theDispatcher().number);
}

/** Hands over work that nobody will join: `post(square, 5)`; as WorkDispatcher.post. Allocates nothing. */
export function post<A extends number[]>(task: SharedTask<A>, ...args: A): number;
export function post(
	task: SharedTask<number[]>,
	a?: number,
	b?: number,
	c?: number,
	d?: number,
	e?: number,
	f?: number,
): number {
	return theDispatcher().post(task, a as number, b as number, c as number, d as number, e as number, f as number);
}

/** The executor that runs this: 0, that of the main thread, or the number of a thread, from 1. Known once `run` has begun. */
export function here(): number {
	return threadNumber();
}

/** How many executors there are, that of the main thread among them. */
export function executorCount(): number {
	return executors;
}

function attend(due: number, porter: TaskId): void {
	if (due & DUE_JOBS) jobs();
	if ((due & DUE_STOP) === 0) return;
	stopping = true;
	stopAll(slotOf(porter));
}

/** The loop of a thread. */
function serve(number: number): never {
	const porter = spawnDetached(createPorter(1)(number));
	started(polls, states, pools, handles);
	threadReady();
	for (;;) {
		const outcome = round(polls, settle, UNLIMITED, liveCount > 0);
		if (outcome !== 0 && outcome >> DUE_BITS === 0) attend(outcome, porter);
		if ((stopping || quitting) && liveCount === 1) endPorter(porter);
		if (liveCount === 0) threadLeave();
	}
}

/** Begins the threads; the ids of the porters of this machine: its own, and those of executors that it serves itself. */
function begin(): TaskId[] {
	threadsOpen(executors - 1);
	const served = [0];
	let number = 1;
	for (const dispatcher of dispatchers)
		for (let i = 0; i < dispatcher.executors; i++, number++)
			if (!threadStart(number, dispatcher.number)) served.push(number);
	const porter = createPorter(served.length);
	return served.map((executor) => spawnDetached(porter(executor)));
}

/** Everything on other executors ends, and then the porters. */
function end(porters: readonly TaskId[]): void {
	threadsStop();
	cancelErrands();
	while (threadsLeft() > 0 || running > 0) runFor(1);
	for (let i = 0; i < porters.length; i++)
		while (isCurrent(porters[i])) {
			endPorter(porters[i]);
			runFor(1);
		}
}

/**
 * Runs the root and returns its value, CANCELLED, or throws what it threw. Once in a program. Throws RangeError when the program was not
 * built for so many threads, or one cannot be begun.
 */
export function run<T>(root: (() => Promise<T>) | Token<T>, options: ThreadOptions = {}): T | Cancelled {
	const { threads = 0, capacity = 0 } = options;
	if (begun) throw new TypeError("run: threads can be begun once in a program");
	begun = true;
	if (threads !== 0) shared = new WorkDispatcher({ executors: threads, capacity });
	for (const dispatcher of dispatchers) executors += dispatcher.executors;
	const number = threadNumber();
	if (number > 0) {
		if (typeof root !== "function") release(root);
		serve(number);
	}
	const porters = begin();
	try {
		return runRoot(root);
	} finally {
		end(porters);
	}
}
