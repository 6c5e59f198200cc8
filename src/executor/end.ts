/** The end of a task: its slot becomes free, its handle gets the outcome. */
import { level, reportFailure, retire, THREW } from "#hal";
import { ECANCELED, type Poll, READY } from "../status.ts";
import { frameOf, pushFree } from "./pool.ts";
import {
	CANCEL_ASKED,
	CANCELLING,
	CLAIMED,
	countLive,
	handles,
	LEVEL,
	LEVEL_SHIFT,
	POOL_SHIFT,
	polls,
	pools,
	STATE,
	states,
} from "./table.ts";

let result: unknown;

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
		if (frameOf(pool, slot).unwind?.(error, slot) === true) return true;
		const waited = handles[slot];
		if (waited === undefined || (waited.waiting.first === undefined && !waited.silent)) reportFailure(pool.name, error);
	}
	const handle = handles[slot];
	const value = outcome === THREW ? error : result;
	result = undefined;
	handles[slot] = undefined;
	if (state === CANCEL_ASKED) polls[slot] = frameOf(pool, slot).poll;
	if ((entry & LEVEL) !== pool.priority << LEVEL_SHIFT) level(slot, pool.priority);
	retire(slot);
	pushFree(pool, slot);
	countLive(-1);
	if (handle !== undefined)
		if (state === CANCELLING && outcome !== THREW) handle.settle(ECANCELED, undefined);
		else handle.settle(outcome, value);
	return false;
}
