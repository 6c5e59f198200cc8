/** The executor in thread mode: what is not urgent, and what every level preempts. INIT. */
import { levelVector } from "#hal";
import type { Cancelled } from "../executor/join-handle.ts";
import type { Token } from "../executor/task-id.ts";
import { run } from "../plain/run.ts";

/** The executor in thread mode. INIT */
export class Executor {
	/** Throws TypeError in a level's module. */
	constructor() {
		const vector = levelVector();
		if (vector >= 0)
			throw new TypeError(
				"Executor: this module runs at vector " + vector + "; write InterruptExecutor.at(" + vector + ", priority)",
			);
	}

	/** As `run` of "stator". */
	run<T>(root: (() => Promise<T>) | Token<T>): T | Cancelled {
		return run(root);
	}
}
