/** Many runs of one program, one seed after the other, until one fails; and how a failing run is made small. */
import type { Failure, SimulationOptions } from "../../hal/sim/simulation.ts";
import type { Run, SimProgram } from "./program.ts";

export type RunOptions = Omit<SimulationOptions, "seed">;

export interface Runs {
	/** How many were done. */
	runs: number;
	steps: number;
	polls: number;
	/** Of all runs together. */
	virtualMs: number;
	/** Over the sums of all runs. */
	sum: string;
	/** The first that failed. */
	failed: (Run & { failure: Failure }) | undefined;
	/** The last one. */
	last: Run | undefined;
}

/** One run. */
export function runOnce(program: SimProgram, options: SimulationOptions): Run {
	let given: SimulationOptions | undefined = options;
	let result: Run | undefined;
	program.runs(
		() => {
			const next = given;
			given = undefined;
			return next;
		},
		(run) => {
			result = run;
			return true;
		},
	);
	return result as Run;
}

/** Runs seeds `first`, `first` + 1, … Stops at the first failure. `onRun` is called after each. */
export function runSeeds(
	program: SimProgram,
	first: number,
	runs: number,
	options: RunOptions = {},
	onRun: (soFar: Runs) => void = () => {},
): Runs {
	const soFar: Runs = { runs: 0, steps: 0, polls: 0, virtualMs: 0, sum: "", failed: undefined, last: undefined };
	let sum = 0x811c9dc5;
	let begun = 0;
	program.runs(
		() => (begun < runs ? { ...options, seed: (first + begun++) >>> 0 } : undefined),
		(run) => {
			soFar.runs++;
			soFar.steps += run.steps;
			soFar.polls += run.polls;
			soFar.virtualMs += run.timeMs;
			soFar.last = run;
			for (const digit of run.sum) sum = Math.imul(sum ^ digit.charCodeAt(0), 0x01000193);
			if (run.failure !== undefined) soFar.failed = run as Run & { failure: Failure };
			onRun(soFar);
			return run.failure === undefined;
		},
	);
	soFar.sum = (sum >>> 0).toString(16).padStart(8, "0");
	return soFar;
}

export interface Smaller {
	run: Run & { failure: Failure };
	/** The numbers of the decisions that are left. */
	only: number[];
	/** How many runs it took. */
	tries: number;
}

/**
 * Finds fewer decisions of a failing run with which the same invariant still breaks: leaves out ever smaller parts of them, as long as it
 * does (Zeller's delta debugging). At most `tries` runs.
 */
export function minimize(
	program: SimProgram,
	failed: Run & { failure: Failure },
	options: RunOptions,
	tries = 400,
): Smaller {
	const { seed, failure } = failed;
	let done = 0;
	let best: Smaller = { run: failed, only: [...(options.only ?? failed.deviations)], tries: 0 };
	const attempt = (only: number[]): boolean => {
		done++;
		const run = runOnce(program, { ...options, seed, only });
		if (run.failure?.invariant !== failure.invariant) return false;
		best = { run: run as Run & { failure: Failure }, only: [...run.deviations], tries: done };
		return true;
	};
	let parts = 2;
	while (best.only.length > 0 && done < tries) {
		const { only } = best;
		const size = Math.ceil(only.length / parts);
		let smaller = false;
		for (let at = 0; at < only.length && done < tries && !smaller; at += size)
			smaller = attempt([...only.slice(0, at), ...only.slice(at + size)]);
		if (smaller) parts = Math.max(2, parts - 1);
		else if (size === 1) break;
		else parts = Math.min(only.length, parts * 2);
	}
	return { ...best, tries: done };
}
