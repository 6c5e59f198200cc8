/**
 * Tasks in their hand-written form: `pollTask(options, factory)`. The compiler turns `async` tasks into the same form.
 *
 * ```ts
 * const blink = pollTask({ name: "blink" }, () => {
 * 	const pause = new Sleep();
 * 	let periodMs = 0;
 * 	return {
 * 		start(ms: number) { periodMs = ms; pause.start(0); },
 * 		poll(id) {
 * 			while (pause.poll(id) === READY) { led.toggle(); pause.start(periodMs); }
 * 			return PENDING;
 * 		},
 * 		cancel() { pause.drop(); },
 * 	};
 * });
 * spawn(blink(500));
 * ```
 */
import { id as currentId, retire } from "#hal";
import { EINVAL } from "../status.ts";
import { type Frame, type Pool, popFree, pushFree } from "./pool.ts";
import { addSlot, CLAIMED, END, SLOT_MASK, pools as slotPools, states } from "./table.ts";
import { isCurrent, slotOf, type Token } from "./task-id.ts";

export type Priority = "high" | "normal" | "low";

export interface TaskOptions {
	/** How many of this task may live at once; default 1. */
	pool?: number;
	/** CPU priority level; default normal. */
	priority?: Priority;
	/** For messages and tools; default "task" and a number. */
	name?: string;
}

/** Claims a slot with these arguments; give the token to `spawn`. */
export type Task<A extends unknown[], T> = (...args: A) => Token<T>;

const all: Pool[] = [];

const LEVEL: Record<Priority, number> = { high: 0, normal: 1, low: 2 };

/** Declares a task: makes `pool` frames. INIT. */
export function pollTask<A extends unknown[] = [], T = void>(options: TaskOptions, create: () => Frame<A>): Task<A, T> {
	const size = options.pool ?? 1;
	const name = options.name ?? "task " + all.length;
	const priority = LEVEL[options.priority ?? "normal"];
	if (!(size >= 1 && size <= SLOT_MASK + 1) || Math.floor(size) !== size)
		throw new RangeError(
			'task "' + name + '": pool must be a whole number from 1 to ' + (SLOT_MASK + 1) + ", got " + size,
		);
	if (priority === undefined)
		throw new RangeError('task "' + name + '": priority must be "high", "normal" or "low", got ' + options.priority);
	const base = slotPools.length;
	const pool: Pool = { name, index: all.length, size, priority, base, frames: [], head: END, tail: END };
	all.push(pool);
	for (let i = 0; i < size; i++) {
		const frame = create();
		pool.frames.push(frame);
		pushFree(pool, addSlot(pool, frame.poll, priority));
	}
	// A fixed parameter list instead of a rest parameter, which would make an array at each call.
	const claim = (a?: unknown, b?: unknown, c?: unknown, d?: unknown, e?: unknown, f?: unknown): Token<T> => {
		const slot = pool.head;
		if (slot === END) return -1 - pool.index;
		const frame = pool.frames[slot - base];
		// Before the slot is taken: a start that throws leaves nothing behind.
		if (frame.start !== undefined) frame.start(a, b, c, d, e, f);
		popFree(pool);
		states[slot] = CLAIMED;
		return currentId(slot);
	};
	return claim as unknown as Task<A, T>;
}

/** Gives a claimed task back unspawned. 0, or EINVAL when the token is not (or no longer) one. */
export function release(token: Token<unknown>): number {
	if (!isCurrent(token) || states[slotOf(token)] !== CLAIMED) return EINVAL;
	const slot = slotOf(token);
	retire(slot);
	pushFree(slotPools[slot], slot);
	return 0;
}

/** The pool that a failed claim names. */
export function poolOf(token: Token<unknown>): Pool {
	return all[-1 - token];
}
