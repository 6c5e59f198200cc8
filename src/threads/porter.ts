/**
 * The porter of an executor: the one task that carries work in and out. It is woken when something has come, and looks in this order:
 *
 * 1. what of its own work has come back: those who join are woken;
 * 2. what is asked of the work that runs here: to stop, to end;
 * 3. its inbox: what others have attached to this executor begins;
 * 4. its dispatcher's queue, when no other task of the executor is ready: one piece begins, the highest priority first.
 *
 * So an executor that is busy takes no work that an idle one could do, and in each round the porter is one task among the others: a storm
 * of work keeps nobody from his turn. It lasts as long as the executor.
 */
import {
	ASKED_TO_END,
	NEXT_ASKED,
	NEXT_BEGIN,
	NEXT_BITS,
	NEXT_CAME_BACK,
	NEXT_LATER,
	NEXT_NOTHING,
	type TaskId,
	wake,
	workArgumentOf,
	workBegan,
	workFail,
	workNext,
	workRefuse,
	workRunsAs,
	workWhat,
} from "#hal";
import { cancel } from "../executor/cancel.ts";
import { pollTask, type Task } from "../executor/poll-task.ts";
import { spawnWith } from "../executor/spawn.ts";
import { requestStop } from "../executor/stop.ts";
import { liveCount } from "../executor/table.ts";
import { isCurrent } from "../executor/task-id.ts";
import { PENDING, READY, YIELD } from "../status.ts";
import { takeErrand } from "./errand.ts";
import { claims } from "./shared-task.ts";
import { mine } from "./work.ts";

/** So much is carried in one turn. */
const LOAD = 32;
const WHAT = (1 << NEXT_BITS) - 1;

let ending = false;
/** The dispatcher has asked this thread to quit: it ends when its last task has. */
export let quitting = false;
/** Work that is about to begin. */
let beginning = -1;

/** A porter has its last turn. */
export function endPorter(id: TaskId): void {
	ending = true;
	if (isCurrent(id)) wake(id);
}

function begin(work: number, executor: number): void {
	const what = workWhat(work);
	beginning = work;
	const token = claims[what & 0xff](
		workArgumentOf(work, 0),
		workArgumentOf(work, 1),
		workArgumentOf(work, 2),
		workArgumentOf(work, 3),
		workArgumentOf(work, 4),
		workArgumentOf(work, 5),
	);
	beginning = -1;
	if (token < 0) {
		if (!workRefuse(work)) workFail(work, "RangeError: its slots there are taken by tasks that were spawned directly");
		return;
	}
	const errand = takeErrand(work, executor);
	spawnWith(token, errand);
	const level = (what >> 8) & 0xff;
	if (errand.priority !== level) errand.priority = level;
	workBegan(work, token);
	ask(token, what >> 16);
}

function ask(id: TaskId, asked: number): void {
	if (asked === 0) return;
	if (asked & ASKED_TO_END) cancel(id);
	else requestStop(id);
}

/** Declares the porters of this machine, so many of them. INIT */
export function createPorter(pool: number): Task<[executor: number], void> {
	return pollTask<[number], void>({ name: "porter", pool, priority: "high" }, () => {
		let executor = 0;
		return {
			start(number: number) {
				executor = number;
			},
			poll(id) {
				for (let carried = 0; carried < LOAD; carried++) {
					const next = workNext(executor, id);
					if (next === NEXT_NOTHING) return ending ? READY : PENDING;
					if (next === NEXT_LATER) return YIELD;
					const what = next & WHAT;
					const number = next >> NEXT_BITS;
					if (what === NEXT_CAME_BACK) mine[number].cameBack();
					else if (what === NEXT_BEGIN) begin(number, executor);
					else if (what === NEXT_ASKED) ask(workRunsAs(number), workWhat(number) >> 16);
					else {
						quitting = true;
						if (liveCount === 1) return READY;
					}
				}
				return YIELD;
			},
			/** It goes on for those who clean up, and ends by endPorter. */
			cancel() {
				return PENDING;
			},
			/** A task could not be begun: that is its work's end, and not the porter's. */
			unwind(error) {
				if (beginning < 0) return false;
				const work = beginning;
				beginning = -1;
				workFail(work, error);
				return true;
			},
		};
	});
}
