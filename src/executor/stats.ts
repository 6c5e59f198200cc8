/**
 * Who used the processor: cycles, polls and the longest poll of a task; cycles awake of the executor. Counted always
 * (native/abi/account.h says how); reading allocates nothing: the caller's object, made at start-up, is filled.
 *
 * ```ts
 * const stats: TaskStats = { cycles: 0, polls: 0, longestPoll: 0 };
 * if (taskStats(handle.id, stats) === 0) log("longest poll:", stats.longestPoll);
 * ```
 *
 * Task context, and start-up.
 */
import { EXECUTOR, USAGE_AWAKE, USAGE_CYCLES, USAGE_HZ, USAGE_LONGEST, USAGE_POLLS, USAGE_TASKS, usage } from "#hal";
import { EINVAL, ESRCH } from "../status.ts";
import { isCurrent, slotOf, type TaskId } from "./task-id.ts";

/** Filled by taskStats; made at start-up. */
export interface TaskStats {
	/** Of all its polls, up to the last that has ended. */
	cycles: number;
	polls: number;
	/** Cycles of the longest one; 4,294,967,295: so many or more. */
	longestPoll: number;
}

/** Filled by executorStats; made at start-up. */
export interface ExecutorStats {
	/** Since start, what the processor slept not counted. */
	cyclesAwake: number;
	/** Of these, in polls of tasks, ended ones included. The rest is the executor itself and start-up. */
	cyclesInTasks: number;
	/** What a second has. */
	cyclesPerSecond: number;
}

/** Fills `into` for a living task. 0; ESRCH when the task has ended; EINVAL in a program without accounts. O(1). */
export function taskStats(id: TaskId, into: TaskStats): number {
	if (!isCurrent(id)) return ESRCH;
	const slot = slotOf(id);
	const cycles = usage(slot, USAGE_CYCLES);
	if (cycles < 0) return EINVAL;
	into.cycles = cycles;
	into.polls = usage(slot, USAGE_POLLS);
	into.longestPoll = usage(slot, USAGE_LONGEST);
	return 0;
}

/** Fills `into`; 0, or EINVAL in a program without accounts. Goes through all slots once. */
export function executorStats(into: ExecutorStats): number {
	const awake = usage(EXECUTOR, USAGE_AWAKE);
	if (awake < 0) return EINVAL;
	into.cyclesAwake = awake;
	into.cyclesInTasks = usage(EXECUTOR, USAGE_TASKS);
	into.cyclesPerSecond = usage(EXECUTOR, USAGE_HZ);
	return 0;
}
