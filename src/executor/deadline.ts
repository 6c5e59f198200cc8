/**
 * Deadlines, for executors whose policy is "deadline" (the manifest says so; native/xs/ready-deadline.c): of the tasks that are ready, the one
 * with the earliest comes next. A task has none, one counted from each wake (its option `deadline`), or one that was set here, until its
 * end. In an executor of another policy these throw TypeError.
 *
 * Task context, and start-up between claim and spawn. O(log ready tasks).
 */
import { deadlineSet, deadlineOf as readDeadline } from "#hal";
import { ESRCH } from "../status.ts";
import type { JoinHandle } from "./join-handle.ts";
import { isCurrent, slotOf, type TaskId } from "./task-id.ts";

/**
 * Sets a task's deadline, a tick of the clock (`now() + 20`); undefined: it has none from now on. It may wait, be ready or run. 0, or ESRCH when
 * the task has ended.
 */
export function setDeadline(of: TaskId | JoinHandle<unknown>, tick: number | undefined): number {
	const id = typeof of === "number" ? of : of.id;
	if (!isCurrent(id)) return ESRCH;
	deadlineSet(slotOf(id), tick);
	return 0;
}

/** A task's deadline; undefined when it has none, or has ended. */
export function deadlineOf(of: TaskId | JoinHandle<unknown>): number | undefined {
	const id = typeof of === "number" ? of : of.id;
	return isCurrent(id) ? readDeadline(slotOf(id)) : undefined;
}
