/**
 * Executors by where they run: `Executor` in thread mode, `InterruptExecutor` at the priority of an interrupt vector. Each
 * runs in a machine of its own (native/xs/levels.c), which the manifest declares:
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
import { run as runTask } from "../executor/run.ts";
import { spawnDetached } from "../executor/spawn.ts";
import { polls } from "../executor/table.ts";
import type { Token } from "../executor/task-id.ts";
import { plainTask } from "../plain/plain-task.ts";

function attend(due: number): void {
	if (due & DUE_JOBS) jobs();
}

/** Spawns the root and hands the executor to the level's vector. */
export function runLevel(root: Token<unknown> | undefined): never {
	if (root !== undefined) spawnDetached(root);
	return serve(polls, settle, attend);
}

/** The executor in thread mode: what is not urgent. */
export class Executor {
	/** INIT. Throws TypeError in a level's module. */
	constructor() {
		const vector = levelVector();
		if (vector >= 0)
			throw new TypeError(
				"Executor: this module runs at vector " + vector + "; write InterruptExecutor.at(" + vector + ", priority)",
			);
	}

	/** As `run` of "stator". */
	run<T>(root: (() => Promise<T>) | Token<T>): unknown {
		return runTask(typeof root === "function" ? plainTask<[], T>({ name: "root" }, root)() : root);
	}
}

/** The executor of a level. */
export class InterruptExecutor {
	readonly vector: number;

	private constructor(vector: number) {
		this.vector = vector;
	}

	/** The executor of this machine, which the manifest has put at this vector and priority; throws RangeError when it has not. INIT */
	static at(vector: number, priority: number): InterruptExecutor {
		const here = levelVector();
		const is = levelPriority();
		if (here < 0)
			throw new RangeError(
				"InterruptExecutor.at(" +
					vector +
					", " +
					priority +
					"): this module runs in thread mode; name it as main of a level in the manifest",
			);
		if (vector !== here || priority !== is)
			throw new RangeError(
				"InterruptExecutor.at(" +
					vector +
					", " +
					priority +
					"): the manifest puts this module at vector " +
					here +
					", priority " +
					is,
			);
		return new InterruptExecutor(here);
	}

	/**
	 * Spawns the task and hands the executor to the vector. The last statement of a level's module: it does not return.
	 * The executor goes on with other tasks when the task has ended.
	 */
	run<T>(root: (() => Promise<T>) | Token<T>): never {
		return runLevel(typeof root === "function" ? plainTask<[], T>({ name: "root" }, root)() : root);
	}

	/** Makes the vector pending: the executor looks what is ready. */
	schedule(): void {
		pend(this.vector);
	}
}

/** Makes an interrupt vector pending, as its hardware would: its handler runs as soon as its priority allows. ISR-SAFE in C: stator_port_schedule. */
export function schedule(vector: number): void {
	if (pend(vector) < 0) throw new RangeError("schedule: there is no vector " + vector);
}
