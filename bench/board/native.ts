/**
 * The body of compiled.ts as native async functions, as many of them and in the same program: what a compiled task stands
 * in for. Collections are in the figures: whoever awaits natively makes garbage at each turn and pays for it.
 *
 * Two ways to wait, since native code has no `yieldNow`: `await undefined`, which is the cheapest way to let the others have
 * a turn, and a promise that somebody resolves, which is what waiting for an event is.
 */
import { cycles, jobs } from "#hal";

export const TASKS = 8;

let sink = 0;
let turns = 0;
let stop = false;
const wakers: (() => void)[] = [];

// stator: allows-allocation native await is what is measured
async function yielding(): Promise<void> {
	let a = 1;
	let b = 2;
	let c = 3;
	let d = 4;
	while (!stop) {
		a = b + 1;
		b = c + 1;
		c = d + 1;
		d = a & 255;
		sink = d;
		turns++;
		await undefined;
	}
}

// stator: allows-allocation native await is what is measured
async function woken(me: number): Promise<void> {
	let a = 1;
	let b = 2;
	let c = 3;
	let d = 4;
	while (!stop) {
		a = b + 1;
		b = c + 1;
		c = d + 1;
		d = a & 255;
		sink = d;
		turns++;
		await new Promise<void>((resolve) => {
			wakers[me] = resolve;
		});
	}
}

/** Steps of the measuring counter for at least so many turns, and how many they were. */
function measure(count: number, wakeAll: () => void): [steps: number, turns: number] {
	const run = (until: number): void => {
		while (turns < until) {
			wakeAll();
			jobs();
		}
	};
	turns = 0;
	run(40 * TASKS); // the heap finds its size
	const first = turns;
	const before = cycles();
	run(first + count);
	const steps = (cycles() - before) | 0;
	const did = turns - first;
	stop = true;
	wakeAll();
	jobs();
	stop = false;
	if (sink < 0) throw new Error("the benchmark did not run");
	return [steps, did];
}

/** `await undefined` */
export function awaitYielding(count: number): [steps: number, turns: number] {
	for (let i = 0; i < TASKS; i++) void yielding();
	return measure(count, () => {});
}

/** `await` of a promise that is resolved from outside. */
export function awaitWoken(count: number): [steps: number, turns: number] {
	for (let i = 0; i < TASKS; i++) void woken(i);
	return measure(count, () => {
		for (let i = 0; i < TASKS; i++) wakers[i]();
	});
}
