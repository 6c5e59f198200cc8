/**
 * The graceful end: a task is asked to stop, sees that at a place of its own choosing, and ends by itself. `cancel` unwinds
 * a task wherever it waits; `requestStop` only sets a bit of its entry in the table and wakes it. What looks at the bit:
 * `abortable(wait)` and `untilStop()` (src/sync/abortable.ts), and `stopRequested()`. All other waits go on as they were.
 *
 * The bit stays until the task has ended. Task context; O(1).
 */
import { polling, wake } from "#hal";
import { ESRCH } from "../status.ts";
import { CLAIMED, SLOT_MASK, STATE, STOP_ASKED, states } from "./table.ts";
import { isCurrent, type TaskId } from "./task-id.ts";

/** With the sign: a free slot's entry is a negative link. */
const SEEN = STOP_ASKED | ~0x7fffffff;

/** Whether the tenant of a slot has been asked; false where nobody lives. HOT */
export function stopAsked(slot: number): boolean {
	return (states[slot] & SEEN) === STOP_ASKED;
}

/**
 * Asks a task to stop. 0: asked, now or before; a task that was not spawned yet starts with the request. ESRCH: the id is
 * stale, the task has ended.
 */
export function requestStop(id: TaskId): number {
	if (!isCurrent(id)) return ESRCH;
	const slot = id & SLOT_MASK;
	const entry = states[slot];
	if ((entry & STOP_ASKED) !== 0) return 0;
	states[slot] = entry | STOP_ASKED;
	if ((entry & STATE) !== CLAIMED) wake(id);
	return 0;
}

/** Whether the task that is running has been asked to stop; with an id, whether that one has. False when there is none. */
export function stopRequested(id?: TaskId): boolean {
	if (id !== undefined) return isCurrent(id) && stopAsked(id & SLOT_MASK);
	const slot = polling();
	return slot >= 0 && stopAsked(slot);
}
