/** Timers that the program drives: order, spans of all levels, wraps, giving up; the long sleeps and the ticker of the clock. */

import { done, PENDING, type Poll, READY, run, runFor, sleepDays, type TaskId, TickSleep, Timer, wake } from "stator";
import { collect, now, shift } from "#hal";
import { check, checkInTime, equal, go, note, throws, traced } from "./harness.ts";

/** Sleeps for so many ticks and notes at which it goes on. */
function sleeper(timer: Timer, name: string, ticks: number, pause = new TickSleep()): void {
	go(
		(id, turn) => {
			if (turn === 1) pause.start(timer.wheel, ticks);
			if (pause.poll(id) !== READY) return PENDING;
			note(name + "@" + timer.now());
			pause.dispose();
			return done();
		},
		() => {
			pause.dispose();
			return READY;
		},
	);
}

/** Polls what is ready, and no more. */
function settle(): void {
	while (runFor(100, 0) > 0);
}

/** So many ticks, each followed by its rounds. */
function beat(timer: Timer, ticks: number): void {
	for (let i = 0; i < ticks; i++) {
		timer.tick();
		settle();
	}
}

const timers = [new Timer(1), new Timer(2), new Timer(3), new Timer(8)];

export function tickChecks(): void {
	check("R6 sleepers of a timer go on at their ticks, in order, whatever its levels", () => {
		const expected: string[] = [];
		for (const timer of timers) {
			const start = timer.now();
			sleeper(timer, "c", 40);
			sleeper(timer, "a", 1);
			sleeper(timer, "d", 300);
			sleeper(timer, "b", 16);
			settle();
			beat(timer, 301);
			note("span " + timer.levels);
			expected.push("a@" + (start + 1), "b@" + (start + 16), "c@" + (start + 40), "d@" + (start + 300));
			expected.push("span " + timer.levels);
		}
		traced(...expected);
	});

	check("R6 many ticks at once: all that are due go on in one round, the others stay", () => {
		const timer = timers[1];
		const start = timer.now();
		sleeper(timer, "x", 500);
		sleeper(timer, "y", 3);
		sleeper(timer, "z", 100_000);
		settle();
		timer.tick(99_999);
		settle();
		traced("x@" + (start + 99_999), "y@" + (start + 99_999));
		timer.tick();
		settle();
		traced("x@" + (start + 99_999), "y@" + (start + 99_999), "z@" + (start + 100_000));
	});

	check("R6 the ticks wrap at 2^32 and at 2^31 and nobody notices", () => {
		const timer = timers[0];
		for (const border of [0x7fffffff, 0xffffffff]) {
			timer.tick((border - 19 - timer.now()) | 0);
			sleeper(timer, "s", 18);
			sleeper(timer, "t", 21);
			settle();
			beat(timer, 40);
		}
		traced("s@2147483646", "t@-2147483647", "s@-2", "t@1");
	});

	check("R6 0 ticks are one yield; a tick that has passed is slept until at once", () => {
		const timer = timers[2];
		const pause = timer.sleepUntil((timer.now() - 5) | 0);
		go((id) => (pause.poll(id) === READY ? done(note("past")) : PENDING));
		settle();
		sleeper(timer, "zero", 0);
		settle();
		traced("past", "zero@" + timer.now());
		pause.dispose();
	});

	check("R6 who gives up is not woken, and its place serves the next", () => {
		const timer = timers[1];
		let polls = 0;
		const pause = new TickSleep();
		const handle = go(
			(id, turn) => {
				polls++;
				if (turn === 1) pause.start(timer.wheel, 5);
				return pause.poll(id);
			},
			() => {
				pause.drop();
				pause.drop();
				return READY;
			},
		);
		settle();
		handle.cancel();
		settle();
		beat(timer, 300);
		equal(polls, 1, "polls");
		const start = timer.now();
		sleeper(timer, "next", 7, pause);
		settle();
		beat(timer, 7);
		traced("next@" + (start + 7));
	});

	check("R6 a spurious poll neither ends nor loses a sleep", () => {
		const timer = timers[0];
		const pause = timer.sleepFor(3);
		let me = -1;
		go((id: TaskId): Poll => {
			me = id;
			const outcome = pause.poll(id);
			note(outcome === READY ? "ready" : "pending");
			return outcome === READY ? done() : PENDING;
		});
		settle();
		wake(me);
		settle();
		beat(timer, 3);
		traced("pending", "pending", "ready");
		pause.dispose();
	});

	check("R6 levels, ticks and names that make no sense are refused", () => {
		for (const bad of [0, 9, 1.5, Number.NaN, -1])
			throws(() => new Timer(bad), "1 to 8 levels of 16 slots, got " + bad);
		for (const bad of [-1, 0.5, 2 ** 31, Number.NaN]) throws(() => timers[0].sleepFor(bad), "whole ticks, got " + bad);
		equal(new Timer(undefined, "suite").levels, 4);
		throws(() => new Timer(2, "suite"), 'there is a timer "suite" already');
	});

	checkInTime("R6 E2 Timer.at: a tick of the clock", () => {
		collect(); // one that came in between would take longer than the time that is looked at
		const start = now();
		const until = Timer.at((start + 8) | 0);
		go((id) => (until.poll(id) === READY ? done(note("there")) : PENDING));
		run();
		traced("there");
		const took = (now() - start) | 0;
		if (took < 8 || took > 12) throw new Error("8 ms took " + took);
		until.dispose();
	});

	checkInTime("E2 days: 100 days are slept in parts, to the tick, over both wraps of the clock", () => {
		const long = sleepDays(100);
		const ms = 100 * 86_400_000;
		go((id) => (long.poll(id) === READY ? done(note("100 days")) : PENDING));
		settle();
		// Parts of 2^30 ms, and a rest.
		let left = ms - 200; // the steps themselves take time on a slow core
		while (left > 0) {
			const step = Math.min(left, 0x30000000);
			shift(step);
			left -= step;
			settle();
		}
		traced();
		run();
		traced("100 days");
		throws(() => sleepDays(-1), "0 to 1000000 days, got -1");
	});

	checkInTime("N2 a ticker keeps its beat over both wraps of the clock, with a consumer that comes late", () => {
		for (const border of [0x7fffffff, 0xffffffff]) {
			shift((border - 25 - now()) | 0);
			const start = now(); // before the ticker's own look at the clock: a tick may lie between the two
			const ticker = Timer.every(10);
			let ticks = 0;
			go((id) => {
				while (ticker.poll(id) === READY) {
					ticks++;
					const late = (now() - start - ticks * 10) | 0;
					note(late < 0 ? "early" : late < 4 ? "tick" : "late");
					if (ticks === 6) return done();
					if (ticks === 2) shift(25); // two beats pass unseen; they are caught up with, and the next is in time
				}
				return PENDING;
			});
			run();
			ticker.drop();
		}
		traced("tick", "tick", "late", "late", "tick", "tick", "tick", "tick", "late", "late", "tick", "tick");
	});
}
