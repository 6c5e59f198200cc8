/** Task ids: what a waker is. The generation of a slot stands above the slot's index (native/abi/stator-abi.h). */
import { id as currentId, type TaskId } from "#hal";
import { CLAIMED, SLOT_MASK, states } from "./table.ts";

export type { TaskId };

/** A task that has been claimed with its arguments and waits to be spawned; below zero: its pool is used up. */
export type Token<T> = number & { readonly result?: T };

export function slotOf(id: TaskId): number {
	return id & SLOT_MASK;
}

/** True while the id's task has been claimed or spawned and has not ended. */
export function isCurrent(id: TaskId): boolean {
	if (id < 0) return false;
	const slot = id & SLOT_MASK;
	return slot < states.length && states[slot] >= CLAIMED && currentId(slot) === id;
}
