/**
 * The loop. One turn of it: look at what is due (promise jobs, a request to stop, the time limit), else poll rounds of
 * ready tasks, asleep between two when nothing is ready. Timers that are due are fired by the round itself, before it takes what is ready.
 *
 * Order and fairness: what is due is gathered before a round begins, so tasks whose timers have expired are polled in it;
 * what becomes ready during the round, by a task or by an interrupt, is polled in the next. A task that wakes itself
 * for ever therefore never delays another by more than one of its polls (feature E5), and timers are looked at between
 * any two rounds.
 */
import {
	ALARM_LIMIT,
	alarm,
	alarmClear,
	id as currentId,
	DUE_BITS,
	DUE_JOBS,
	DUE_LIMIT,
	DUE_STOP,
	HOSTED,
	host,
	hostEnded,
	jobs,
	now,
	round,
	started,
} from "#hal";
import { ETIME, PENDING } from "../status.ts";
import { ticksOf } from "../time/duration.ts";
import { cancel } from "./cancel.ts";
import { settle } from "./end.ts";
import { type Cancelled, JoinHandle } from "./join-handle.ts";
import { spawn } from "./spawn.ts";
import { CLAIMED, handles, liveCount, polls, pools, STATE, states } from "./table.ts";

import type { Token } from "./task-id.ts";

export const UNLIMITED = 0x7fffffff >> DUE_BITS;

let running = false;
let begun = false;
let limitReached = false;
const rootHandle = new JoinHandle<unknown>();
rootHandle.silent = true; // run() throws it

function attend(due: number): void {
	if (due & DUE_JOBS) jobs();
	if (due & DUE_LIMIT) limitReached = true;
	if (due & DUE_STOP) stopAll();
}

/** Every task is cancelled, but that of one slot; run() ends when they have cleaned up. */
export function stopAll(except = -1): void {
	for (let slot = 0; slot < states.length; slot++)
		if (slot !== except && states[slot] >= 0 && (states[slot] & STATE) !== CLAIMED) cancel(currentId(slot));
}

function enter(): void {
	if (running) throw new TypeError("run: it is running already (a task cannot call run)");
	if (!begun) {
		begun = true;
		started(polls, states, pools, handles);
	}
	running = true;
}

function settleHosted(slot: number, outcome: number, error?: unknown): boolean {
	const again = settle(slot, outcome, error);
	if (liveCount === 0) hostEnded(rootHandle.failed);
	return again;
}

/** Spawns the root, and leaves the rest to the loop that this program is a guest in. */
function hand(root: Token<unknown> | undefined): undefined {
	if (!begun) {
		enter();
		running = false;
		rootHandle.silent = false; // nobody takes its outcome: an exception goes to the console
		host(polls, settleHosted, attend);
	}
	if (root !== undefined) spawn(root, rootHandle);
	else if (liveCount === 0) hostEnded(false);
	return undefined;
}

/**
 * Runs tasks. With a root it returns the root's value when the root ends (CANCELLED when it was cancelled) or throws
 * what the root threw; other tasks stay as they are and go on with the next run. Without a root it returns when no task
 * is left. Blocks; sleeps when there is nothing to do. As a guest of Moddable's event loop it returns undefined at once, and the loop
 * goes on with the tasks: there it is the last statement of a program.
 */
export function run<T>(root?: Token<T>): T | Cancelled | undefined {
	if (HOSTED) return hand(root);
	enter();
	try {
		if (root !== undefined) spawn(root, rootHandle);
		loop(root !== undefined);
	} finally {
		running = false;
	}
	return root === undefined ? undefined : (rootHandle.take() as T | Cancelled);
}

function loop(rooted: boolean): void {
	for (;;) {
		const outcome = round(polls, settle, UNLIMITED, liveCount > 0);
		if (outcome === 0) {
			if (liveCount === 0) return;
		} else if (outcome >> DUE_BITS === 0) attend(outcome);
		if (rooted && rootHandle.status !== PENDING) return;
	}
}

/**
 * Runs until `maxPolls` polls are done, `timeoutMs` has passed or no task is left. Returns the number of polls done, or
 * ETIME when the time passed without any. `timeoutMs` 0 does what is ready and returns; without it there is no limit.
 * Calling it again goes on where it stopped, a round that was cut short included.
 */
export function runFor(maxPolls: number, timeoutMs?: number): number {
	if (!(maxPolls >= 1)) throw new RangeError("runFor: maxPolls must be at least 1, got " + maxPolls);
	const ticks = timeoutMs === undefined ? -1 : ticksOf(timeoutMs, "runFor");
	const budget = maxPolls > UNLIMITED ? UNLIMITED : maxPolls | 0;
	enter();
	let done = 0;
	limitReached = false;
	try {
		if (ticks > 0) alarm(ALARM_LIMIT, (now() + ticks) | 0);
		while (done < budget && !limitReached) {
			const outcome = round(polls, settle, budget - done, ticks !== 0 && liveCount > 0);
			if (outcome === 0) {
				if (liveCount === 0 || ticks === 0) break;
			} else if (outcome >> DUE_BITS === 0) attend(outcome);
			else done += outcome >> DUE_BITS;
		}
	} finally {
		running = false;
		if (ticks > 0) alarmClear(ALARM_LIMIT);
	}
	return done === 0 && (limitReached || ticks === 0) && liveCount > 0 ? ETIME : done;
}
