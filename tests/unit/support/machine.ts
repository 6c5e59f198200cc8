/**
 * A fresh simulated machine for each test: the executor's modules keep their state at module scope, as on a device,
 * so a test loads them anew instead of cleaning up after the one before.
 *
 * `trace` is what the tests compare, whole and in order: "pend" for each wake that names a living task, and whatever
 * the tasks under test push themselves.
 */
import { vi } from "vitest";
import type { Frame, JoinHandle, Poll, Task, TaskId, TaskOptions } from "../../../src/index.ts";

export const PENDING = 1;
export const READY = 0;

export type Stator = typeof import("stator");
export type Sim = typeof import("stator/sim");
export type Table = typeof import("../../../src/executor/table.ts");

export interface Machine extends Stator {
	sim: Sim;
	table: Table;
	/** In order, what happened. */
	trace: string[];
	/** Notes each accepted wake in the trace as "pend". */
	tracePends(): void;
	/**
	 * A task of one function. `turn` counts the polls of the present tenant from 0. Each poll is noted as "poll <name>",
	 * each cancellation as "cancel <name>".
	 */
	scripted<A extends unknown[] = [], T = unknown>(
		name: string,
		poll: (id: TaskId, turn: number, ...args: A) => Poll,
		more?: Omit<TaskOptions, "name"> & Pick<Frame<A>, "cancel" | "unwind" | "start">,
	): Task<A, T>;
	/** A task that waits until it has been polled so many times more, then ends with a value. */
	waiter<T>(
		name: string,
		waits: number,
		value: T,
		more?: Omit<TaskOptions, "name"> & Pick<Frame<[]>, "cancel" | "unwind">,
	): Task<[], T>;
	/** For a poll function: woken at once, for the next round. */
	again(id: TaskId): Poll;
	/** The state of an id's slot, by its name in the diagram. */
	stateOf(id: TaskId): string;
	/** The free slots of the whole table, by its states. */
	freeSlots(): number;
	/** What the invariants of src/executor/table.ts say; call it whenever no round is under way. */
	checkInvariants(): void;
}

/** Loads the modules anew. What else a test imports afterwards, by `await import`, belongs to the same machine. */
export async function freshMachine(): Promise<Machine> {
	vi.resetModules();
	const stator = await import("stator");
	const sim = await import("stator/sim");
	const table = await import("../../../src/executor/table.ts");
	const trace: string[] = [];
	const note = (text: string) => trace.push(text);
	sim.onPrint(note);
	const machine: Machine = {
		...stator,
		sim,
		table,
		trace,
		tracePends: () => sim.onPend(() => note("pend")),
		scripted<A extends unknown[], T>(
			name: string,
			poll: (id: TaskId, turn: number, ...args: A) => Poll,
			more: Omit<TaskOptions, "name"> & Pick<Frame<A>, "cancel" | "unwind" | "start"> = {},
		): Task<A, T> {
			const { cancel, unwind, start, ...options } = more;
			return stator.pollTask<A, T>({ ...options, name }, () => {
				let turn = 0;
				let args: A;
				const frame: Frame<A> = {
					start(...given) {
						start?.(...given);
						turn = 0;
						args = given;
					},
					poll(id) {
						note("poll " + name);
						return poll(id, turn++, ...args);
					},
				};
				if (cancel !== undefined)
					frame.cancel = (id) => {
						note("cancel " + name);
						return cancel(id);
					};
				if (unwind !== undefined) frame.unwind = unwind;
				return frame;
			});
		},
		waiter: (name, waits, value, more) =>
			machine.scripted(name, (_id, turn) => (turn < waits ? PENDING : stator.done(value)), more),
		again(id) {
			stator.wake(id);
			return PENDING;
		},
		stateOf(id) {
			const state = table.states[id & table.SLOT_MASK];
			return state < table.CLAIMED ? "FREE" : ["CLAIMED", "LIVE", "CANCEL_ASKED", "CANCELLING"][state & table.STATE];
		},
		freeSlots: () => table.states.filter((state) => state < table.CLAIMED).length,
		checkInvariants() {
			const { states, pools } = table;
			const livesIn = (slot: number): boolean => states[slot] >= 0 && (states[slot] & table.STATE) !== table.CLAIMED;
			const listed = new Set<number>();
			for (const pool of pools) {
				const limit = pool.size;
				let last = table.END;
				for (
					let slot = pool.head;
					slot !== table.END;
					slot = states[slot] === table.END ? table.END : -states[slot] - 2
				) {
					if (listed.has(slot)) throw new Error("slot " + slot + " is on a free list twice");
					if (slot < pool.base || slot >= pool.base + limit)
						throw new Error("slot " + slot + " is on a stranger's list");
					listed.add(slot);
					last = slot;
				}
				const free = states.slice(pool.base, pool.base + limit).filter((state) => state < table.CLAIMED).length;
				if (free === 0 && pool.least !== 0) throw new Error(pool.name + " is used up, and does not remember it");
				if (last !== pool.tail) throw new Error("the free list of " + pool.name + " ends elsewhere than at its tail");
			}
			let live = 0;
			for (let slot = 0; slot < states.length; slot++) {
				if (states[slot] < table.CLAIMED !== listed.has(slot))
					throw new Error(
						"slot " + slot + " in state " + states[slot] + (listed.has(slot) ? " is" : " is not") + " listed",
					);
				if (livesIn(slot)) live++;
				else if (table.handles[slot] !== undefined) throw new Error("slot " + slot + " keeps a handle");
			}
			if (live !== table.liveCount) throw new Error(live + " tasks live, but liveCount is " + table.liveCount);
			for (const slot of sim.readySlots())
				if (!livesIn(slot)) throw new Error("slot " + slot + " is ready, but nobody lives there");
		},
	};
	return machine;
}

/** What a handle tells, in one value. */
export function outcomeOf(handle: JoinHandle<unknown>): unknown {
	if (!handle.done) return "not ended";
	if (handle.failed) return { threw: handle.outcome };
	return { status: handle.status, value: handle.outcome };
}
