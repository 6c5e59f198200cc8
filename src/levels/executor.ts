/**
 * The executor of a priority level: it runs at the priority of an interrupt vector, in a machine of its own
 * (native/xs/levels.c), which the manifest declares:
 *
 * ```
 * "stator": { "levels": { "motor": { "vector": "TIM3", "priority": 2, "main": "./motor" } } }
 * ```
 *
 * ```ts
 * // motor.ts: runs at start-up, before main.ts, in its own machine
 * InterruptExecutor.at(29, 2).run(async () => { for (;;) { await period.next(); … } });
 * ```
 *
 * A level preempts thread mode and every less urgent level, in the middle of their TypeScript. What the module says
 * of its place is checked against the manifest, so that neither can be changed alone. INIT.
 */
import { DUE_JOBS, jobs, levelPriority, levelVector, schedule as pend, serve } from "#hal";
import { settle } from "../executor/end.ts";
import { spawnDetached } from "../executor/spawn.ts";
import { handles, polls, pools, states } from "../executor/table.ts";
import type { Token } from "../executor/task-id.ts";

function attend(due: number): void {
	if (due & DUE_JOBS) jobs();
}

/** The executor of a level. */
export interface InterruptExecutor {
	readonly vector: number;
	/**
	 * Spawns the task and hands the executor to the vector. The last statement of a level's module: it does not return.
	 * The executor goes on with other tasks when the task has ended.
	 */
	run<T>(root: (() => Promise<T>) | Token<T>): never;
}

function run(root: (() => Promise<unknown>) | Token<unknown>): never {
	if (typeof root === "function")
		throw new TypeError(
			"InterruptExecutor.run: this async function was not compiled; levels are in what stator build makes",
		);
	spawnDetached(root);
	return serve(polls, settle, attend, states, pools, handles);
}

function at(vector: number, priority: number): InterruptExecutor {
	const here = levelVector();
	const is = levelPriority();
	if (vector === here && priority === is) return { vector, run };
	throw new RangeError(
		"InterruptExecutor.at(" +
			vector +
			", " +
			priority +
			(here < 0
				? "): this module runs in thread mode; name it as main of a level in the manifest"
				: "): the manifest puts this module at vector " + here + ", priority " + is),
	);
}

/** `at`: the executor of this machine, which the manifest has put at this vector and priority; throws RangeError when it has not. INIT */
export const InterruptExecutor = { at };

/** Makes an interrupt vector pending, as its hardware would: its handler runs as soon as its priority allows. ISR-SAFE in C: stator_port_vector_pend. */
export function schedule(vector: number): void {
	if (pend(vector) < 0) throw new RangeError("schedule: there is no vector " + vector);
}
