/**
 * A task that may run on any executor. What crosses threads is its number, so every machine declares it, under the same name, in the same
 * order, with the same pool: at module level, which every machine runs. Its arguments and its value are numbers (true is 1); bytes go with
 * the work (`workInput`, `workOutput`). INIT.
 *
 * ```ts
 * const square = sharedTask("square", task({ pool: 8 }, async (n: number) => n * n));
 * ```
 *
 * `pool` is how many of it may be under way on one executor at once. Leave its slots to work: where tasks of it that were spawned in the
 * ordinary way hold them all, work that comes there fails.
 */
import { taskShare } from "#hal";
import { release, type Task } from "../executor/poll-task.ts";
import { poolAt, priorityOf } from "../executor/table.ts";
import { slotOf, type Token } from "../executor/task-id.ts";
import { addErrands } from "./errand.ts";

/** What a shared task may give: nothing else comes back from another thread. */
export type Crossing = number | boolean | void;

/** Claims a slot, whatever the arguments are called. */
export type Claim = (a: number, b: number, c: number, d: number, e: number, f: number) => Token<unknown>;

/** A task under a name that all machines know. */
export class SharedTask<A extends number[]> {
	readonly name: string;
	/** Its place among the shared tasks, in every machine. */
	readonly number: number;
	/** The CPU priority level that its work has unless told: 0 is high. */
	readonly level: number;
	/** Types only: what its arguments are. */
	declare readonly args: A;

	/** INIT */
	constructor(name: string, claim: Claim) {
		// Its pool is known by a slot of it.
		const token = claim(0, 0, 0, 0, 0, 0);
		if (token < 0)
			throw new RangeError('sharedTask "' + name + '": all of the task are alive; share it before anything is spawned');
		const pool = poolAt(slotOf(token));
		release(token);
		pool.least = pool.size; // this was nobody's use of it
		this.name = name;
		this.level = priorityOf(pool);
		this.number = taskShare(name, pool.size);
		claims.push(claim);
		addErrands(pool.size);
	}
}

/** By their numbers. */
export const claims: Claim[] = [];

/** Declares it. Throws RangeError when another machine has declared something else in its place. INIT */
export function sharedTask<A extends number[], T extends Crossing>(name: string, task: Task<A, T>): SharedTask<A> {
	return new SharedTask<A>(name, task as unknown as Claim);
}
