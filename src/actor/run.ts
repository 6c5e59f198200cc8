/**
 * `run([[vector, actor], …])`: actors, each an endless task that an interrupt vector runs. The vector's priority is the actor's,
 * and the interrupt controller is the scheduler.
 *
 * The last statement of main. One machine is started for each vector; each runs main's module up to this call, in
 * its own machine, and then serves its actor from the vector's handler. What the module does before, it does in
 * every machine: declare pools, queues and tasks there, and nothing else. Machines share what is declared by name.
 *
 * It refuses to start, with RangeError or TypeError, when interrupts are enabled, a vector is used twice or out of range or has a
 * handler already, or the interrupt controller has no such priority. On Node, actors are tasks of one machine.
 */
import {
	DUE_BITS,
	DUE_JOBS,
	jobs,
	levelEnded,
	levelStart,
	levelsLeft,
	levelVector,
	mask,
	masked,
	round,
	serve,
	started,
} from "#hal";
import { settle } from "../executor/end.ts";
import { release } from "../executor/poll-task.ts";
import { spawnDetached } from "../executor/spawn.ts";
import { handles, liveCount, polls, pools, states } from "../executor/table.ts";
import type { Token } from "../executor/task-id.ts";

/** A vector's number, the actor, and the vector's priority (0 the most urgent); without it as the controller has it. */
export type ActorEntry = readonly [vector: number, actor: Token<unknown>, priority?: number];

const UNLIMITED = 0x7fffffff >> DUE_BITS;

/** Masks interrupts until `run`: the first statement of a main that has actors. INIT */
export function maskInterrupts(): void {
	if (levelVector() < 0) mask(true);
}

function attend(due: number): void {
	if (due & DUE_JOBS) jobs();
}

function settleAndTell(slot: number, outcome: number, error?: unknown): boolean {
	const again = settle(slot, outcome, error);
	if (liveCount === 0) levelEnded();
	return again;
}

function check(entries: readonly ActorEntry[]): void {
	if (!masked())
		throw new TypeError(
			"run: interrupts are enabled; write maskInterrupts() before anything that may interrupt is set up",
		);
	for (let i = 0; i < entries.length; i++)
		for (let j = 0; j < i; j++)
			if (entries[i][0] === entries[j][0]) throw new RangeError("run: vector " + entries[i][0] + " is used twice");
}

/** Starts the actors. Returns when every one has ended, which actors seldom do. */
export function run(entries: readonly ActorEntry[]): void {
	const here = levelVector();
	if (here >= 0) {
		for (let i = 0; i < entries.length; i++)
			if (entries[i][0] === here) spawnDetached(entries[i][1]);
			else release(entries[i][1]);
		serve(polls, settleAndTell, attend, states, pools, handles);
	}
	check(entries);
	for (let i = 0; i < entries.length; i++) levelStart(entries[i][0], entries[i][2] ?? -1);
	const machines = levelsLeft();
	for (let i = 0; i < entries.length; i++)
		if (machines === 0) spawnDetached(entries[i][1]);
		else release(entries[i][1]);
	started(polls, states, pools, handles);
	mask(false);
	for (;;) {
		const left = liveCount > 0 || levelsLeft() > 0;
		const outcome = round(polls, settle, UNLIMITED, left);
		if (outcome === 0) {
			if (!left) return;
		} else if (outcome >> DUE_BITS === 0) attend(outcome);
	}
}
