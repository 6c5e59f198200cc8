/**
 * What the executor costs on a board, in steps of the measuring counter; `stator bench board` turns them into
 * instructions (QEMU, -icount: exact and the same in every run) and names the keys.
 *
 * Each figure is the mean over many turns, everything included: the wake's call, the round, the poll, the loop. What the
 * measured program allocates is the executor's, so the heap must not have grown when native `await` (last) begins.
 */

import {
	done,
	Join,
	JoinHandle,
	PENDING,
	pollTask,
	print,
	READY,
	runFor,
	Sleep,
	spawn,
	spawnDetached,
	wake,
} from "stator";
import { id as currentId, cycles, jobs, shift, stat } from "#hal";
import { arm, sinceInterrupt } from "./isr.native.js";
import { measure, report } from "./measure.ts";
import { awaitWoken, awaitYielding } from "./native.ts";

let stopping = false;

/** A task that does nothing but wake itself: what is left is the executor. */
const spin = pollTask({ name: "spin", pool: 30 }, () => ({
	poll(id) {
		if (stopping) return done();
		wake(id);
		return PENDING;
	},
}));

const timed = pollTask({ name: "timed" }, () => {
	const pause = new Sleep();
	return {
		poll(id) {
			if (stopping) return done();
			// The tick after this one, and the clock moved on to it: set, alarm and fire, and no time asleep.
			pause.start(1);
			pause.poll(id);
			shift(1);
			return PENDING;
		},
	};
});

let childRuns = 0;
const child = pollTask({ name: "child" }, () => ({
	poll() {
		childRuns++;
		return done();
	},
}));

const parent = pollTask({ name: "parent" }, () => {
	const handle = new JoinHandle<void>();
	const join = new Join<void>();
	let joining = false;
	return {
		poll(id) {
			for (;;) {
				if (!joining) {
					if (stopping) return done();
					spawn(child(), handle);
					join.start(handle);
					joining = true;
				}
				if (join.poll(id) !== READY) return PENDING;
				join.take();
				joining = false;
			}
		},
	};
});

let worst = 0;
const interrupted = pollTask({ name: "interrupted" }, () => {
	let left = 0;
	return {
		start() {
			left = 200;
		},
		poll(id) {
			const since = sinceInterrupt();
			if (left < 200 && since > worst) worst = since;
			left--;
			if (left === 0) return done();
			arm(id, 20000 + left * 37);
			return PENDING;
		},
	};
});

function finish(): void {
	stopping = true;
	runFor(100000, 0);
	stopping = false;
}

function spins(count: number, polls: number): number {
	for (let i = 0; i < count; i++) spawnDetached(spin());
	const took = measure(polls);
	finish();
	return took;
}

const results: [string, number, number][] = [];
runFor(1, 0);

const one = spins(1, 10000);
const thirty = spins(30, 30000);
spawnDetached(timed());
const timers = measure(10000);
finish();
spawnDetached(parent());
const joins = measure(20000);
finish();
spawnDetached(interrupted());
runFor(1000);
finish();
const growthSlots = stat(3);
const growthBytes = stat(4);
const collections = stat(5);
const mallocs = stat(6);
runFor(1, 0);
const mallocsAfter = stat(6);
results.push(["wake_poll_single", one, 10000], ["wake_poll", thirty, 30000]);
results.push(["timer", timers, 10000], ["spawn_join", joins, 10000], ["isr_to_task_max", worst, 1]);

/**
 * The same job in native promises, on the same engine and in the same run: 30 async functions that each wait to be woken,
 * and are woken by resolving what they wait for. (A bare `await undefined`, which waits for nobody, is given beside it.)
 */
const wakers: (() => void)[] = [];
let turns = 0;

// stator: allows-allocation native await is what is measured
async function waiting(me: number): Promise<void> {
	for (;;) {
		await new Promise<void>((resolve) => {
			wakers[me] = resolve;
		});
		turns++;
	}
}

function rounds(count: number): number {
	const start = turns;
	for (let i = 0; i < count; i++) {
		for (let j = 0; j < 30; j++) wakers[j]();
		const until = turns + 30;
		while (turns < until) jobs();
	}
	return turns - start;
}

let awaited = false;
// stator: allows-allocation native await is what is measured
async function awaiting(times: number): Promise<void> {
	for (let i = 0; i < times; i++) await undefined;
	awaited = true;
}

for (let i = 0; i < 30; i++) void waiting(i);
jobs();
rounds(10);
let before = cycles();
const woken = rounds(100);
results.push(["await_native", (cycles() - before) | 0, woken]);
before = cycles();
void awaiting(2000);
while (!awaited) jobs();
results.push(["await_undefined", (cycles() - before) | 0, 2000]);

results.push(["await_same_body_ample", ...awaitYielding(4000)]);
results.push(["await_same_body_woken_ample", ...awaitWoken(4000)]);

for (const [key, total, count] of results) report(key, total, count);
print("bench heap_delta_slots " + growthSlots);
print("bench heap_delta_bytes " + growthBytes);
print("bench collections " + collections);
print("bench malloc_calls " + (mallocsAfter - mallocs));
if (currentId(0) < 0 || childRuns < 10000) throw new Error("the benchmark did not run");
