/**
 * The pool of a task: its slots and their frames, all made at start-up, handed out first freed, first used.
 * Claiming and releasing are O(1): the free slots are linked through the state table.
 */
import type { Poll } from "../status.ts";
import { END, states } from "./table.ts";
import type { TaskId } from "./task-id.ts";

/**
 * The hand-written form of a task, and the form that the compiler produces: one factory call per slot at start-up; its
 * parameters and state are variables that the returned functions capture. Nothing in it may allocate.
 */
export interface Frame<A extends unknown[]> {
	/** Takes the arguments of a new tenant; the state begins anew. */
	start?(...args: A): void;
	/** One turn: runs until the task must wait (PENDING, after registering `id` as waker) or ends (`return done(value)`). */
	poll(id: TaskId): Poll;
	/**
	 * Cancellation: drops every wait. READY (or nothing) when that is all; PENDING when cleaning up takes more turns: then
	 * `poll` is called for them until it returns READY.
	 */
	cancel?(id: TaskId): Poll | void;
	/**
	 * Something was thrown in a turn. True when the frame has a handler for it: it has moved its state there and is polled
	 * again in the same turn. This is how a `try` costs nothing until something is thrown.
	 */
	unwind?(error: unknown): boolean;
}

export interface Pool {
	readonly name: string;
	readonly index: number;
	readonly size: number;
	readonly priority: number;
	readonly base: number;
	// biome-ignore lint/suspicious/noExplicitAny: frames of every argument list
	readonly frames: Frame<any>[];
	/** First and last free slot, END when none is. */
	head: number;
	tail: number;
}

const link = (next: number): number => (next === END ? END : -next - 2);
const linked = (state: number): number => (state === END ? END : -state - 2);

/** Takes the first free slot off the list; the caller has seen that there is one. */
export function popFree(pool: Pool): void {
	const next = linked(states[pool.head]);
	pool.head = next;
	if (next === END) pool.tail = END;
}

/** Puts a slot at the end of the list: the longer a slot rests, the longer its old ids stay strangers. */
export function pushFree(pool: Pool, slot: number): void {
	states[slot] = END;
	if (pool.tail === END) pool.head = slot;
	else states[pool.tail] = link(slot);
	pool.tail = slot;
}
