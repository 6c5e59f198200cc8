/** Zero growth: after start-up the executor allocates nothing, however long it runs. */

import { done, Join, JoinHandle, PENDING, pollTask, READY, run, Sleep, spawn, wake } from "stator";
import { Interrupt, pend } from "stator/board";
import {
	collect,
	interruptWaiters,
	STAT_COLLECTIONS,
	STAT_GROWTH_BYTES,
	STAT_GROWTH_SLOTS,
	STAT_MALLOC_CALLS,
	stat,
} from "#hal";
import { check, equal } from "./harness.ts";

/** Wakes itself so many times. */
const waker = pollTask({ name: "waker" }, () => {
	let left = 0;
	return {
		start(times: number) {
			left = times;
		},
		poll(id) {
			left--;
			if (left === 0) return done();
			wake(id);
			return PENDING;
		},
	};
});

/** Raises an interrupt, waits for it, and looks at another in passing. */
const interrupted = pollTask({ name: "interrupted" }, () => {
	const wait = new Interrupt(20);
	const other = new Interrupt(21);
	let left = 0;
	return {
		start(times: number) {
			left = times;
			wait.start(20);
			other.start(21);
		},
		poll(id) {
			for (;;) {
				if (wait.poll(id) !== READY) {
					if (other.poll(id) !== PENDING) throw new Error("nobody raised it");
					pend(20);
					return PENDING;
				}
				other.drop();
				left -= wait.take();
				if (left === 0) return done();
				wait.start(20);
			}
		},
	};
});

const sleepy = pollTask({ name: "sleeper" }, () => {
	const pause = new Sleep();
	let left = 0;
	return {
		start(times: number) {
			left = times;
			pause.start(1);
		},
		poll(id) {
			for (;;) {
				if (pause.poll(id) !== READY) return PENDING;
				left--;
				if (left === 0) return done();
				pause.start(1 + (left & 7));
			}
		},
	};
});

const child = pollTask<[number], number>({ name: "child" }, () => {
	let value = 0;
	return {
		start(given: number) {
			value = given;
		},
		poll() {
			return done(value);
		},
	};
});

const parent = pollTask<[number], number>({ name: "parent" }, () => {
	const handle = new JoinHandle<number>();
	const join = new Join<number>();
	let left = 0;
	let sum = 0;
	let joining = false;
	return {
		start(times: number) {
			left = times;
			sum = 0;
			joining = false;
		},
		poll(id) {
			for (;;) {
				if (!joining) {
					if (left === 0) return done(sum);
					left--;
					spawn(child(1), handle);
					join.start(handle);
					joining = true;
				}
				if (join.poll(id) !== READY) return PENDING;
				sum += join.take() as number;
				joining = false;
			}
		},
	};
});

/** Runs it and demands that slots, chunks, collections and c_malloc calls are those of before. */
function still(name: string, body: () => void): void {
	body(); // the first time may make names and take its memory
	collect();
	const counters = [STAT_GROWTH_SLOTS, STAT_GROWTH_BYTES, STAT_COLLECTIONS, STAT_MALLOC_CALLS];
	const before = counters.map((which) => stat(which));
	body();
	// Read one by one: making the array of results would itself be growth.
	const slots = stat(STAT_GROWTH_SLOTS);
	const bytes = stat(STAT_GROWTH_BYTES);
	const collections = stat(STAT_COLLECTIONS);
	const calls = stat(STAT_MALLOC_CALLS);
	equal(slots - before[0], 0, name + ": slots");
	equal(bytes - before[1], 0, name + ": bytes of chunks");
	equal(collections - before[2], 0, name + ": collections");
	// Each call of run() enters one `try`, whatever it does; Node counts none.
	equal(calls - before[3], calls === 0 ? 0 : 1, name + ": c_malloc calls");
}

/** `turns`: how long each loop is. `sleeps`: on a host real time passes, so fewer there. */
export function growthChecks(turns: number, sleeps: number): void {
	check("A7 X2 wake after wake grows nothing", () => still("wakes", () => void run(waker(turns))));
	check("A7 A8 X2 interrupt after interrupt grows nothing", () => {
		still("interrupts", () => void run(interrupted(turns)));
		equal(interruptWaiters(-1), 0, "waits left in a list");
	});
	check("A7 X2 sleep after sleep grows nothing", () => still("sleeps", () => void run(sleepy(sleeps))));
	check("A7 M4 X2 spawn and join after spawn and join grow nothing", () =>
		still("spawns", () => equal(run(parent(turns)), turns)),
	);
}
