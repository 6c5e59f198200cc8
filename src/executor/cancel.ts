/**
 * Cancellation is a turn of the cancelled task's own: `cancel` only asks. In its next turn the task runs its frame's
 * `cancel`, which drops its waits and cleans up, if need be over several polls; then the slot is free and joins yield
 * CANCELLED. That the unwinding happens in the task's own turn keeps its exceptions out of the caller, and lets a task
 * cancel itself.
 */
import { retire, wake } from "#hal";
import { ESRCH, PENDING, type Poll, READY, YIELD } from "../status.ts";
import { ownTurn, pushFree } from "./pool.ts";
import { CANCEL_ASKED, CANCELLING, CLAIMED, LIVE, polls, poolAt, SLOT_MASK, STATE, states } from "./table.ts";
import { isCurrent, type TaskId } from "./task-id.ts";

/**
 * Asks for the end of a task. 0: it will be unwound in its next turn (a task that was not spawned yet is gone at once);
 * asking again changes nothing. ESRCH: the id is stale, the task has ended. Task context, O(1).
 */
export function cancel(id: TaskId): number {
	if (!isCurrent(id)) return ESRCH;
	const slot = id & SLOT_MASK;
	const entry = states[slot];
	const state = entry & STATE;
	if (state === CLAIMED) {
		retire(slot);
		pushFree(poolAt(slot), slot);
	} else if (state === LIVE) {
		states[slot] = (entry & ~STATE) | CANCEL_ASKED;
		polls[slot] = cancelTurn;
		wake(id);
	}
	return 0;
}

/** The turn in which a task is unwound: stands in for its poll function. */
function cancelTurn(id: TaskId): Poll {
	const slot = id & SLOT_MASK;
	const frame = ownTurn(poolAt(slot), slot);
	states[slot] |= CANCELLING;
	if (frame.cancel === undefined) return READY;
	const outcome = frame.cancel(id);
	return outcome === PENDING || outcome === YIELD ? outcome : READY;
}
