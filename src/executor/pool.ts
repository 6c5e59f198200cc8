/**
 * The pool of a task: its slots and their frames, all made at start-up, handed out first freed, first used.
 * Claiming and releasing are O(1): the free slots are linked through the state table.
 */
import type { Poll } from "../status.ts";
import { END, polls, states } from "./table.ts";
import type { TaskId } from "./task-id.ts";

/**
 * The hand-written form of a task, and the form that the compiler produces: one factory call per slot at start-up; its
 * parameters and state are variables that the returned functions capture. Nothing in it may allocate.
 */
export interface Frame<A extends unknown[]> {
	/** Takes the arguments of a new tenant; the state begins anew. */
	start?(...args: A): void;
	/**
	 * One turn: runs until the task must wait (PENDING, after registering `id` as waker), lets the others have a turn (YIELD) or
	 * ends (`return done(value)`).
	 */
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

/**
 * The other form, for large pools: a class whose instances are the frames. Its functions are there once and find what an instance needs for
 * itself as properties of `this`, so an instance takes a quarter of the memory, and its polls take up to two thirds longer. `poll` is a method of
 * the class itself, not of one that it extends; when it comes first, the round finds it soonest.
 */
export type FrameClass<A extends unknown[]> = new () => Frame<A>;

export interface Pool {
	readonly name: string;
	readonly size: number;
	readonly base: number;
	/** What a claimed slot has in the table of states: its priority level and this pool's index. */
	readonly claimed: number;
	/** One for each slot. */
	// biome-ignore lint/suspicious/noExplicitAny: frames of every argument list
	readonly frames: Frame<any>[];
	/** The frames share the functions of a class, and are polled as its instances. */
	readonly shared: boolean;
	/** First and last free slot, END when none is. */
	head: number;
	tail: number;
	/** The fewest that were free: 0 once all were taken, else at a look (`freeSlots`). To count at each claim and release would cost a spawn 757 instructions of 24,633. */
	least: number;
}

/** What the round polls in a slot is its frame again: its poll function, or the frame as an instance. Gives the frame. */
// biome-ignore lint/suspicious/noExplicitAny: frames of every argument list
export function ownTurn(pool: Pool, slot: number): Frame<any> {
	const frame = pool.frames[slot - pool.base];
	polls[slot] = pool.shared ? frame : frame.poll;
	return frame;
}

/** Takes the first free slot off the list; the caller has seen that there is one. */
export function popFree(pool: Pool): void {
	const state = states[pool.head];
	const next = state === END ? END : -state - 2;
	pool.head = next;
	if (next !== END) return;
	pool.tail = END;
	pool.least = 0;
}

/** Puts a slot at the end of the list: the longer a slot rests, the longer its old ids stay strangers. */
export function pushFree(pool: Pool, slot: number): void {
	states[slot] = END;
	const { tail } = pool;
	if (tail === END) pool.head = slot;
	else states[tail] = -slot - 2;
	pool.tail = slot;
}

/** How many slots are free; counts them, and remembers the fewest. */
export function freeSlots(pool: Pool): number {
	let free = 0;
	for (let slot = pool.base; slot < pool.base + pool.size; slot++) if (states[slot] < 0) free++;
	if (free < pool.least) pool.least = free;
	return free;
}
