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
import { id as currentId, fetchAhead, retire } from "#hal";
import { EINVAL } from "../status.ts";
import { type Frame, type FrameClass, type Pool, popFree, pushFree } from "./pool.ts";
import {
	addSlot,
	CLAIMED,
	END,
	LEVEL_SHIFT,
	makeRoom,
	POOL_SHIFT,
	polls,
	poolAt,
	pools,
	SLOT_MASK,
	STATE,
	states,
} from "./table.ts";
import { isCurrent, slotOf, type Token } from "./task-id.ts";

/** CPU priority levels: of what is ready, `high` is polled first, `low` last. */
export type Priority = "high" | "normal" | "low";

/** How a task is declared; everything may be left out. */
export interface TaskOptions {
	/** How many of this task may live at once; default 1. */
	pool?: number;
	/** CPU priority level; default normal. */
	priority?: Priority;
	/**
	 * Milliseconds after each wake by which its turn should come, 1 to 2^31 - 1: for executors whose policy is "deadline". Default: none; such
	 * tasks come behind those that have one.
	 */
	deadline?: number;
	/** For messages and tools; default "task" and a number. */
	name?: string;
	/**
	 * How a compiled task is laid out: "captured" (a poll is fast) or "frame" (an instance is small). Default: captured up
	 * to a pool of 8, frame above.
	 */
	form?: "captured" | "frame";
}

/** Claims a slot with these arguments; give the token to `spawn`. */
export type Task<A extends unknown[], T> = (...args: A) => Token<T>;

/** Their numbers: 0 is high. */
export const LEVELS: Record<Priority, number> = { high: 0, normal: 1, low: 2 };

/** Makes a pool without its slots. */
function createPool(options: TaskOptions, shared: boolean): Pool {
	const size = options.pool ?? 1;
	const name = options.name ?? "task " + pools.length;
	const priority = LEVELS[options.priority ?? "normal"];
	if (!(size >= 1 && size <= SLOT_MASK + 1) || Math.floor(size) !== size)
		throw new RangeError(
			'task "' + name + '": pool must be a whole number from 1 to ' + (SLOT_MASK + 1) + ", got " + size,
		);
	if (priority === undefined)
		throw new RangeError('task "' + name + '": priority must be "high", "normal" or "low", got ' + options.priority);
	const { deadline } = options;
	if (deadline !== undefined && !(deadline >= 1 && deadline <= 0x7fffffff && Math.floor(deadline) === deadline))
		throw new RangeError(
			'task "' + name + '": deadline must be a whole number of milliseconds from 1 to 2147483647, got ' + deadline,
		);
	const index = pools.length;
	const claimed = CLAIMED | (priority << LEVEL_SHIFT) | (index << POOL_SHIFT);
	const base = polls.length;
	const pool: Pool = { name, size, base, claimed, frames: [], shared, head: END, tail: END, least: size };
	makeRoom(pool);
	pools.push(pool);
	return pool;
}

/** Declares a task: makes `pool` frames. INIT. With `shared`, `create` is called once, and gives the class of the frames. */
export function pollTask<A extends unknown[] = [], T = void>(options: TaskOptions, create: () => Frame<A>): Task<A, T>;
export function pollTask<A extends unknown[] = [], T = void>(
	options: TaskOptions,
	create: () => FrameClass<A>,
	shared: true,
): Task<A, T>;
export function pollTask<A extends unknown[], T>(
	options: TaskOptions,
	create: () => Frame<A> | FrameClass<A>,
	shared = false,
): Task<A, T> {
	const pool = createPool(options, shared);
	const { base, claimed, size } = pool;
	const frames = pool.frames as Frame<unknown[]>[];
	let made: Frame<unknown[]> | FrameClass<unknown[]> | undefined;
	for (let i = 0; i < size; i++) {
		if (made === undefined || !shared) made = create() as Frame<unknown[]> | FrameClass<unknown[]>;
		const frame = shared ? new (made as FrameClass<unknown[]>)() : (made as Frame<unknown[]>);
		frames.push(frame);
		pushFree(pool, addSlot(pool, shared ? frame : frame.poll, options.deadline));
	}
	if (shared) fetchAhead(base, frames);
	// Fixed parameter lists instead of rest parameters, which would make an array at each call. The arguments are taken
	// before the slot is: what throws there leaves nothing behind.
	const claim = (a?: unknown, b?: unknown, c?: unknown, d?: unknown, e?: unknown, f?: unknown): Token<T> => {
		const slot = pool.head;
		if (slot === END) return -1 - (claimed >> POOL_SHIFT);
		const frame = frames[slot - base];
		if (frame.start !== undefined) frame.start(a, b, c, d, e, f);
		popFree(pool);
		states[slot] = claimed;
		return currentId(slot);
	};
	return claim as unknown as Task<A, T>;
}

/** Gives a claimed task back unspawned. 0, or EINVAL when the token is not (or no longer) one. */
export function release(token: Token<unknown>): number {
	if (!isCurrent(token) || (states[slotOf(token)] & STATE) !== CLAIMED) return EINVAL;
	const slot = slotOf(token);
	retire(slot);
	pushFree(poolAt(slot), slot);
	return 0;
}

/** The pool that a failed claim names. */
export function poolOf(token: Token<unknown>): Pool {
	return pools[-1 - token];
}
