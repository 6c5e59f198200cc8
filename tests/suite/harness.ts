/**
 * The portable suite's own little harness: it runs on XS on every target and on Node, so it uses nothing but the language.
 * Each check prints `name... OK` or `name... FAILED: why`; the last line counts. FEATURES rows stand in the names.
 */
import { done, type JoinHandle, type Poll, pollTask, print, run, spawn, type TaskId } from "stator";
import { check as checkPlainly, equal, throws } from "stator/check";
import { STAT_CYCLES_HZ, STAT_RAM_BYTES, stat } from "#hal";

let passed = 0;
let failed = 0;

/** What happened, in order: tests compare the whole of it. */
export let trace: string[] = [];

export function note(text: string): void {
	trace.push(text);
}

export function check(name: string, body: () => void): void {
	checkPlainly(name, () => {
		trace = [];
		failed++; // until it has come to its end
		body();
		failed--;
		passed++;
	});
}

/** The host's counter counts nanoseconds of real time; on boards and Node time is virtual. */
export const REAL_TIME = stat(STAT_CYCLES_HZ) === 1_000_000_000 && stat(STAT_RAM_BYTES) > 500_000;

/**
 * A check of how long something takes, or of the order of what is a few milliseconds apart. Where time is real, other processes may keep
 * this one from running for longer than that: it has to hold once in ten times. Elsewhere it has to hold at once.
 */
export function checkInTime(name: string, body: () => void): void {
	check(name, () => {
		for (let attempts = REAL_TIME ? 10 : 1; ; attempts--) {
			trace = [];
			try {
				body();
				return;
			} catch (error) {
				if (attempts === 1) throw error;
				run(); // what is left of this attempt
			}
		}
	});
}

export function finish(): void {
	print("suite: " + passed + " passed, " + failed + " failed");
	if (failed > 0) throw new Error("the suite failed");
}

export { equal, throws };

export function traced(...expected: string[]): void {
	equal(trace.join(", "), expected.join(", "), "trace");
}

/** One turn of a task under test; `turn` counts from 1. */
export type Turn = (id: TaskId, turn: number) => Poll;

/** A task whose turns a test gives. All tests share the one pool: a board has little memory. */
export const POOL = 12;
export const scripted = pollTask<[turns: Turn, cancel?: (id: TaskId) => Poll], unknown>(
	{ name: "scripted", pool: POOL },
	() => {
		let turns: Turn = () => done();
		let onCancel: ((id: TaskId) => Poll) | undefined;
		let turn = 0;
		return {
			start(given: Turn, cancel?: (id: TaskId) => Poll) {
				turns = given;
				onCancel = cancel;
				turn = 0;
			},
			poll(id) {
				turn++;
				return turns(id, turn);
			},
			cancel(id) {
				return onCancel === undefined ? 0 : onCancel(id);
			},
		};
	},
);

/** Spawns a scripted task. */
export function go(turns: Turn, cancel?: (id: TaskId) => Poll): JoinHandle<unknown> {
	return spawn(scripted(turns, cancel));
}
