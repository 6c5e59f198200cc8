/**
 * The task table: what the executor knows of each task slot, in plain arrays made at start-up (on XS an array costs
 * half of a typed array).
 *
 * A slot belongs for good to the pool of one task; its tenants come and go. The state machine of a slot:
 *
 * ```
 *            1 claim           2 spawn                3 settle: READY, a status, or it threw
 *   FREE ------------> CLAIMED --------> LIVE ------------------------------------------------> FREE
 *     ^                   |                |
 *     |     5 release     |                | 4 cancel                 6 cancelTurn
 *     +-------------------+                +----------> CANCEL_ASKED -------------> CANCELLING --- 3 ---> FREE
 *                                                            |  3 (it ended in that very turn)
 *                                                            +--------------------------------------------> FREE
 * ```
 *
 * 1 `claim` (poll-task.ts: the call of a task with its arguments)   2 `bind` (spawn.ts)   3 `settle` (end.ts)
 * 4 `cancel` (cancel.ts)   5 `release` (poll-task.ts)   6 `cancelTurn` (cancel.ts)
 *
 * A LIVE slot is ready, being polled or waiting. These three are not stored: ready is a bit of the ready set, which
 * interrupt handlers set (native/abi/ready.h), being polled lasts for one call, waiting is what is left. Each end
 * (3, 5) retires the slot's id, so that nothing kept from one tenant reaches the next.
 *
 * Invariants: a slot is FREE exactly when it is on its pool's free list; `liveCount` is the number of slots in LIVE,
 * CANCEL_ASKED or CANCELLING; only those may be in the ready set.
 */
import { grow, level, SLOT_BITS, type Turn } from "#hal";
import type { JoinHandle } from "./join-handle.ts";
import type { Pool } from "./pool.ts";

/**
 * States. What `states` holds for a slot that is not free: the state, the priority level above it, whether it has been asked
 * to stop, and above that the index of its pool, in one integer, since each table of its own would cost 16 bytes a slot. A free slot holds its link
 * instead: -(next free slot) - 2, or END.
 */
export const END = -1;
export const CLAIMED = 0;
export const LIVE = 1;
export const CANCEL_ASKED = 2;
export const CANCELLING = 3;
export const STATE = 3;
export const LEVEL_SHIFT = 2;
export const LEVEL = 3 << LEVEL_SHIFT;
/** The task has been asked to stop (stop.ts). It stays asked until its tenancy ends. */
export const STOP_ASKED = 16;
export const POOL_SHIFT = 5;

export const SLOT_MASK = (1 << SLOT_BITS) - 1;

/** What is polled in each slot's present turn. */
export const polls: Turn[] = [];
export const states: number[] = [];
/** By their index. */
export const pools: Pool[] = [];
/** Where the outcome of a slot's tenant is reported. */
export const handles: (JoinHandle<unknown> | undefined)[] = [];

/** Tasks that have been spawned and have not ended. */
export let liveCount = 0;

export function countLive(change: number): void {
	liveCount += change;
}

/** The pool of a slot that is not free. */
export function poolAt(slot: number): Pool {
	return pools[states[slot] >> POOL_SHIFT];
}

/** The priority level of a slot that is not free: 0 first. */
export function levelAt(slot: number): number {
	return (states[slot] & LEVEL) >> LEVEL_SHIFT;
}

/** The priority level that a pool's tasks begin with. */
export function priorityOf(pool: Pool): number {
	return (pool.claimed & LEVEL) >> LEVEL_SHIFT;
}

/** Makes room for the slots of a pool that begins where the table ends now, before its frames are made. INIT. */
export function makeRoom(pool: Pool): void {
	const slots = pool.base + pool.size;
	if (slots > SLOT_MASK + 1)
		throw new RangeError(
			'task "' + pool.name + '": the platform has ' + (SLOT_MASK + 1) + " task slots, and all are taken; lower a pool",
		);
	if (grow(slots, pool.name) < 0) throw new RangeError('task "' + pool.name + '": no memory for its slots');
}

/** Adds a slot; makeRoom has been called. INIT. */
export function addSlot(pool: Pool, turn: Turn, deadlineMs?: number): number {
	const slot = polls.length;
	polls.push(turn);
	states.push(END);
	handles.push(undefined);
	if (deadlineMs === undefined) level(slot, priorityOf(pool));
	else level(slot, priorityOf(pool), deadlineMs);
	return slot;
}
