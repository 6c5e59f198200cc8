/** What an executor has done, and what it has used of the processor, seen from any thread (feature M6). Allocates nothing: the caller's object is filled. */
import { THREAD_AWAKE, THREAD_BEGUN, THREAD_ENDED, THREAD_HZ, THREAD_TASKS, threadStat } from "#hal";
import { ESRCH } from "../status.ts";

/** What `threadStats` fills: since the executor began. */
export interface ThreadStats {
	/** Pieces of work that it has begun, and that have ended there. */
	begun: number;
	ended: number;
	/** Since it began, what it slept not counted: cycles of the processor's counter, or nanoseconds where that cannot be used. */
	cyclesAwake: number;
	/** Of these, in tasks that have ended, up to the last piece of work. */
	cyclesInTasks: number;
	/** What a second has. */
	cyclesPerSecond: number;
}

/** Fills `into` for an executor: 0 is that of the main thread. 0, or ESRCH: there is none of that number. */
export function threadStats(executor: number, into: ThreadStats): number {
	const begun = threadStat(executor, THREAD_BEGUN);
	if (begun < 0) return ESRCH;
	into.begun = begun;
	into.ended = threadStat(executor, THREAD_ENDED);
	into.cyclesAwake = threadStat(executor, THREAD_AWAKE);
	into.cyclesInTasks = threadStat(executor, THREAD_TASKS);
	into.cyclesPerSecond = threadStat(executor, THREAD_HZ);
	return 0;
}
