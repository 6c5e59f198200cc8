/** Spawning: a claimed task becomes alive and is polled in the next round. */
import { id as currentId, spawned, wake } from "#hal";
import { EBUSY, EINVAL, ENOBUFS, PENDING } from "../status.ts";
import { JoinHandle } from "./join-handle.ts";
import { poolOf } from "./poll-task.ts";
import { CLAIMED, countLive, handles, LIVE, SLOT_MASK, STATE, states } from "./table.ts";
import type { TaskId, Token } from "./task-id.ts";

/** 0, or why it cannot be: ENOBUFS (the pool is used up), EINVAL (no unspawned task), EBUSY (the handle is in use). */
function bind<T>(token: Token<T>, handle: JoinHandle<T> | null): number {
	if (token < 0) return ENOBUFS;
	const slot = token & SLOT_MASK;
	const state = states[slot];
	if (!(state >= 0) || (state & STATE) !== CLAIMED || currentId(slot) !== token) return EINVAL;
	if (handle !== null) {
		if (handle.status === PENDING) return EBUSY;
		handle.id = token;
		handle.status = PENDING;
		handle.outcome = undefined;
		handles[slot] = handle as JoinHandle<unknown>;
	}
	states[slot] = state | LIVE;
	countLive(1);
	spawned(slot);
	wake(token);
	return 0;
}

function refuse(token: Token<unknown>, status: number): never {
	if (status === ENOBUFS) {
		const pool = poolOf(token);
		throw new RangeError(
			'spawn: all of task "' +
				pool.name +
				'" are alive (pool: ' +
				pool.size +
				"); raise its option pool, or use trySpawn",
		);
	}
	if (status === EBUSY)
		throw new TypeError("spawn: the handle still belongs to a living task; join it first, or give each spawn a handle");
	throw new TypeError("spawn: not a task that waits to be spawned (spawn takes what a task's call returned, once)");
}

/**
 * Spawns a task: `spawn(blink(500))`. Where nothing may be allocated, give a handle made at start-up, or null when nobody
 * will join; without one a new handle is made. Throws RangeError at once when the pool is used up, naming pool and option.
 *
 * In compiled tasks the compiler gives the handle: null where the result is not used, else one of the frame's own for
 * each such call in the source. That one serves one task at a time: a call in a loop that spawns again while its last
 * task lives throws TypeError (give it handles of an array then, made at start-up).
 */
export function spawn<T>(token: Token<T>, handle: null): void;
export function spawn<T>(token: Token<T>, handle?: JoinHandle<T>): JoinHandle<T>;
export function spawn<T>(token: Token<T>, handle: JoinHandle<T> | null = new JoinHandle<T>()): JoinHandle<T> | null {
	const status = bind(token, handle);
	if (status < 0) refuse(token, status);
	return handle;
}

/** As spawn with a handle that is there, for who has one always. */
export function spawnWith(token: Token<unknown>, handle: JoinHandle<unknown>): void {
	const status = bind(token, handle);
	if (status < 0) refuse(token, status);
}

/** As spawn, but undefined when the pool is used up: an expected condition, not an error. */
export function trySpawn<T>(token: Token<T>, handle: null): null | undefined;
export function trySpawn<T>(token: Token<T>, handle?: JoinHandle<T>): JoinHandle<T> | undefined;
export function trySpawn<T>(token: Token<T>, handle?: JoinHandle<T> | null): JoinHandle<T> | null | undefined {
	if (token < 0) return undefined;
	return spawn(token, handle as JoinHandle<T>);
}

/** Spawns a task that nobody will join. Its id, or ENOBUFS. Allocates nothing. */
export function spawnDetached(token: Token<unknown>): TaskId {
	const status = bind(token, null);
	if (status === ENOBUFS) return status;
	if (status < 0) refuse(token, status);
	return token;
}
