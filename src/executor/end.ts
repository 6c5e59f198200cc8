/** The end of a task: its slot becomes free, its handle gets the outcome. */
import { id as currentId, level, reportFailure, retire, THREW } from "#hal";
import { ECANCELED, PENDING, type Poll, READY } from "../status.ts";
import { ownTurn, pushFree } from "./pool.ts";
import {
	CANCEL_ASKED,
	CANCELLING,
	CLAIMED,
	countLive,
	handles,
	LEVEL,
	POOL_SHIFT,
	polls,
	poolAt,
	pools,
	priorityOf,
	SLOT_MASK,
	STATE,
	states,
} from "./table.ts";

import type { TaskId } from "./task-id.ts";

let result: unknown;

/** What may outlive a task's last turn: operations that the kernel has. A program that begins none has no code of it. */
export interface Outstanding {
	/** Gives up what the task has begun; how much is not over yet. The task is woken for each that is. */
	drop(id: TaskId): number;
	/** A word for the task: its outcome. */
	hold(id: TaskId, outcome: number): void;
	held(id: TaskId): number;
}

let outstanding: Outstanding | undefined;
/** The last turn of a task that outlived its end is over. */
let lingered = false;

/** INIT */
export function setOutstanding(what: Outstanding): void {
	outstanding = what;
}

/** Ends the task that is being polled, with a value: `return done(value)`. */
export function done(value?: unknown): Poll {
	result = value;
	return READY;
}

/**
 * Called by the round for each poll that did not leave its task waiting. A task that throws ends alone: the exception
 * goes to its handle (and to the console, when nobody is waiting for it at that moment), the round goes on. True: the task has a handler for what it threw and is to be polled again now.
 */
export function settle(slot: number, outcome: number, error?: unknown): boolean {
	const entry = states[slot];
	const state = entry & STATE;
	// Nobody lives there: a token was woken before its spawn, or a thread's wake came while its task ended.
	if (entry < 0 || state === CLAIMED) {
		result = undefined;
		return false;
	}
	const pool = pools[entry >> POOL_SHIFT];
	if (outcome === THREW) {
		if (pool.frames[slot - pool.base].unwind?.(error) === true) return true;
		const waited = handles[slot];
		if (waited === undefined || (waited.waiting.first === undefined && !waited.silent)) reportFailure(pool.name, error);
	}
	let value = outcome === THREW ? error : result;
	result = undefined;
	let end = state === CANCELLING && outcome !== THREW ? ECANCELED : outcome;
	if (outstanding !== undefined) {
		if (lingered) {
			lingered = false;
			end = outstanding.held(currentId(slot));
			value = handles[slot]?.outcome;
		} else if (outstanding.drop(currentId(slot)) > 0) {
			linger(slot, end, value);
			return false;
		}
	}
	const handle = handles[slot];
	handles[slot] = undefined;
	if (state === CANCEL_ASKED) ownTurn(pool, slot);
	if ((entry & LEVEL) !== (pool.claimed & LEVEL)) level(slot, priorityOf(pool));
	retire(slot);
	pushFree(pool, slot);
	countLive(-1);
	if (handle !== undefined) handle.settle(end, end === ECANCELED ? undefined : value);
	return false;
}

/** The task has ended, its slot and buffers are in use still: nobody gets them before that is over. */
function linger(slot: number, outcome: number, value: unknown): void {
	const handle = handles[slot];
	if (handle !== undefined) handle.outcome = value;
	(outstanding as Outstanding).hold(currentId(slot), outcome);
	states[slot] = (states[slot] & ~STATE) | CANCELLING; // asking for its end changes nothing any more
	polls[slot] = lastTurn;
}

function lastTurn(id: TaskId): Poll {
	if ((outstanding as Outstanding).drop(id) > 0) return PENDING;
	const slot = id & SLOT_MASK;
	ownTurn(poolAt(slot), slot);
	lingered = true; // settle comes next, and gives the outcome that was held
	return READY;
}
