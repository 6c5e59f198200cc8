/** `stator sim`: a program under thousands of interleavings, each of them a number. */
import { writeFileSync } from "node:fs";
import type { Failure } from "../../hal/sim/simulation.ts";
import { findApp } from "../app.ts";
import { note, red, step, UsageError } from "../report.ts";
import { DEFAULTS } from "./defaults.ts";
import { loadProgram, type Run } from "./program.ts";
import { minimize, type RunOptions, runOnce, runSeeds, type Smaller } from "./runs.ts";

export interface SimOptions {
	seed: number;
	runs: number;
	seconds: number;
	steps: number;
	compiled: boolean;
	/** Invariants that are not checked. */
	skip: string[];
	/** Decisions that are taken; undefined: all. */
	only?: number[];
	minimize: boolean;
	/** A file for every event of the last run. */
	events?: string;
	/** Real time after which a run is taken to hang; default 20 seconds. */
	hangsMs?: number;
}

/** What is printed with --json. */
export interface SimReport {
	program: string;
	form: "compiled" | "uncompiled";
	seed: number;
	runs: number;
	steps: number;
	polls: number;
	virtualSeconds: number;
	seconds: number;
	sum: string;
	failure?: Failure & {
		seed: number;
		sum: string;
		/** Whether the same seed gave the same events again. */
		replayed: boolean;
		command: string;
		minimized?: { decisions: number; only: number[]; step: number; command: string };
	};
}

const PROGRESS_MS = 2000;

/** Checks what was given on the command line. */
function wholeNumber(name: string, value: number, least: number, most: number): void {
	if (!(Number.isInteger(value) && value >= least && value <= most))
		throw new UsageError("--" + name + " must be a whole number from " + least + " to " + most);
}

export function checkOptions(options: SimOptions): void {
	wholeNumber("seed", options.seed, 0, 0xffffffff);
	wholeNumber("runs", options.runs, 1, 1e9);
	wholeNumber("steps", options.steps, 1, 1e9);
	if (!(options.seconds > 0 && options.seconds <= 1e6))
		throw new UsageError("--seconds must be a number above 0, at most 1000000");
	for (const number of options.only ?? []) wholeNumber("only", number, 0, 1e9);
}

/** The command that gives one run again. */
function replayCommand(given: string, options: SimOptions, seed: number, only?: readonly number[]): string {
	const more: string[] = [];
	if (!options.compiled) more.push("--uncompiled");
	if (options.seconds !== DEFAULTS.seconds) more.push("--seconds " + options.seconds);
	if (options.steps !== DEFAULTS.steps) more.push("--steps " + options.steps);
	for (const name of options.skip) more.push('--skip "' + name + '"');
	const decisions = only ?? options.only;
	if (decisions !== undefined) more.push("--only " + (decisions.length === 0 ? "none" : decisions.join(",")));
	return ["stator sim", given, "--seed " + seed, "--runs 1", ...more].join(" ");
}

export async function simulate(
	given: string,
	options: SimOptions,
): Promise<{ report: SimReport; last: Run; text: string }> {
	checkOptions(options);
	const app = findApp(given);
	const form = options.compiled ? "compiled" : "uncompiled";
	const program = await step("simulated " + app.name + ", " + form, () =>
		loadProgram(app, {
			compiled: options.compiled,
			...(options.hangsMs === undefined ? {} : { hangsMs: options.hangsMs }),
		}),
	);
	const choices: RunOptions = {
		seconds: options.seconds,
		steps: options.steps,
		skip: options.skip,
		...(options.only === undefined ? {} : { only: options.only }),
	};
	const began = performance.now();
	let said = began;
	const { failed, last, ...all } = runSeeds(program, options.seed, options.runs, choices, ({ runs, steps }) => {
		const now = performance.now();
		if (now - said < PROGRESS_MS) return;
		said = now;
		const done = runs + " of " + options.runs + " runs, " + steps + " steps";
		note("sim", done + " (" + ((now - began) / 1000).toFixed(1) + " s)");
	});
	const report: SimReport = {
		program: given,
		form,
		seed: options.seed,
		runs: all.runs,
		steps: all.steps,
		polls: all.polls,
		virtualSeconds: Math.round(all.virtualMs / 1000),
		seconds: Number(((performance.now() - began) / 1000).toFixed(1)),
		sum: all.sum,
	};
	let smaller: Smaller | undefined;
	const events: string[] = [];
	const shown = failed ?? (last as Run);
	if (failed !== undefined || options.events !== undefined) {
		const again = runOnce(program, { ...choices, seed: shown.seed, onEvent: (line) => void events.push(line) });
		if (failed !== undefined) {
			const command = replayCommand(given, options, failed.seed);
			const { seed, sum } = failed;
			report.failure = { ...failed.failure, seed, sum, replayed: again.sum === sum, command };
		}
	}
	if (failed !== undefined && options.minimize) {
		smaller = minimize(program, failed, choices);
		(report.failure as NonNullable<SimReport["failure"]>).minimized = {
			decisions: smaller.only.length,
			only: smaller.only,
			step: smaller.run.failure.step,
			command: replayCommand(given, options, failed.seed, smaller.only),
		};
		events.length = 0;
		runOnce(program, { ...choices, seed: failed.seed, only: smaller.only, onEvent: (line) => void events.push(line) });
	}
	if (options.events !== undefined) writeFileSync(options.events, events.join("\n") + "\n");
	return { report, last: shown, text: formatReport(report, shown, smaller) };
}

const EVENTS_SHOWN = 24;

function formatReport(report: SimReport, last: Run, smaller: Smaller | undefined): string {
	const { failure } = report;
	const lines: string[] = [];
	const did = report.steps + " steps, " + report.polls + " polls, " + report.virtualSeconds + " virtual seconds";
	if (failure === undefined) {
		const which =
			report.runs === 1 ? "seed " + report.seed : "seeds " + report.seed + " to " + (report.seed + report.runs - 1);
		lines.push(
			report.runs +
				(report.runs === 1 ? " run" : " runs") +
				" passed (" +
				which +
				"): " +
				did +
				", in " +
				report.seconds +
				" s",
		);
		lines.push("sum of events: " + (report.runs === 1 ? last.sum : report.sum));
		return lines.join("\n");
	}
	const shown = smaller?.run.failure ?? failure;
	lines.push(red("failed: ", process.stdout) + shown.invariant + ": " + shown.message);
	if (shown.stack !== undefined && shown.stack !== "")
		for (const line of shown.stack.split("\n")) lines.push("    at " + line);
	lines.push(
		"  seed " +
			failure.seed +
			", step " +
			shown.step +
			", " +
			shown.timeMs +
			" ms; run " +
			report.runs +
			" of this command",
	);
	lines.push("  the last events (step, virtual time):");
	lines.push(...shown.events.slice(-EVENTS_SHOWN).map((line) => "  " + line));
	lines.push("  sum of events: " + failure.sum + (failure.replayed ? ", the same when it was run again" : ""));
	if (!failure.replayed) lines.push("  run again it gave other events: the program depends on something outside of it");
	lines.push("  again:   " + failure.command);
	if (failure.minimized !== undefined)
		lines.push(
			"  smaller: " + failure.minimized.command,
			"           " + failure.minimized.decisions + " decisions of the seed are left",
		);
	return lines.join("\n");
}
