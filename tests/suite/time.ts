/** Time: sleeping, order, the wrap of the clock, tickers, idling. */

import { done, PENDING, READY, run, runFor, Sleep, sleep, spawn, Timer, wake } from "stator";
import { now, SLOT_BITS, STAT_SLEEPS, shift, stat } from "#hal";
import { check, checkInTime, equal, go, note, scripted, throws, traced } from "./harness.ts";

/** A task that sleeps and notes its name; `begin`: what starts the sleep in its first turn. */
function sleeperFrom(name: string, begin: (pause: Sleep) => void): void {
	const pause = new Sleep();
	go(
		(id, turn) => {
			if (turn === 1) begin(pause);
			if (pause.poll(id) !== READY) return PENDING;
			note(name);
			pause.dispose();
			return done();
		},
		() => {
			pause.drop();
			return READY;
		},
	);
}

function sleeper(name: string, ms: number): void {
	sleeperFrom(name, (pause) => pause.start(ms));
}

export function timeChecks(): void {
	checkInTime("A3 sleep takes its time", () => {
		const start = now();
		const pause = sleep(30);
		run(scripted((id) => (pause.poll(id) === READY ? done() : PENDING)));
		const took = (now() - start) | 0;
		if (took < 30 || took > 34) throw new Error("a sleep of 30 ms took " + took);
	});

	checkInTime("E2 sleepers wake in the order of their times, with no setup", () => {
		for (const ms of [40, 10, 30, 20, 0]) sleeper("s" + ms, ms);
		run();
		traced("s0", "s10", "s20", "s30", "s40");
	});

	checkInTime("E2 sleepers of one tick are polled in the same round", () => {
		const at = (now() + 10) | 0; // whenever each goes to sleep: to spawn three may take most of a tick
		for (const name of ["a", "b", "c"]) sleeperFrom(name, (pause) => pause.startAt(at));
		runFor(3);
		equal(runFor(1, 50), 1);
		equal(runFor(100, 0), 2);
	});

	checkInTime("E2 Timer.after and Timer.every", () => {
		const once = Timer.after(5);
		const ticker = Timer.every(10);
		const start = now();
		let ticks = 0;
		run(
			scripted((id) => {
				if (once.poll(id) === READY && ticks === 0) note("after");
				while (ticker.poll(id) === READY) {
					ticks++;
					note("tick");
					if (ticks === 3) return done();
				}
				return PENDING;
			}),
		);
		const took = (now() - start) | 0;
		if (took < 29 || took > 33) throw new Error("three ticks of 10 ms took " + took);
	});

	checkInTime("E2 a ticker does not drift when it is taken late", () => {
		const ticker = Timer.every(10);
		const start = now();
		const pause = new Sleep();
		let ticks = 0;
		let late = false;
		run(
			scripted((id) => {
				for (;;) {
					if (!late) {
						if (ticker.poll(id) !== READY) return PENDING;
						ticks++;
						if (ticks === 10) return done();
						if (ticks !== 3) continue;
						late = true;
						pause.start(25);
					}
					if (pause.poll(id) !== READY) return PENDING;
					late = false;
				}
			}),
		);
		const took = (now() - start) | 0;
		if (took < 99 || took > 104) throw new Error("ten ticks of 10 ms, two of them late, took " + took);
	});

	checkInTime("E2 the wrap of the clock: sleeps across it end in order and in time", () => {
		const before = now();
		shift((0x7fffffff - 20 - before) | 0); // signed wrap
		for (const ms of [40, 10, 30, 20]) sleeper("s" + ms, ms);
		run();
		shift((-20 - now()) | 0); // unsigned wrap
		for (const ms of [40, 10, 30, 20]) sleeper("u" + ms, ms);
		run();
		traced("s10", "s20", "s30", "s40", "u10", "u20", "u30", "u40");
	});

	checkInTime("E2 a sleep that is dropped wakes nobody", () => {
		const pause = new Sleep();
		const handle = go(
			(id, turn) => {
				note("poll" + turn);
				pause.start(5);
				return pause.poll(id);
			},
			() => {
				pause.drop();
				return READY;
			},
		);
		runFor(1);
		handle.cancel();
		run();
		sleeper("other", 10);
		run();
		traced("poll1", "other");
		pause.dispose();
	});

	checkInTime("E2 a spurious poll neither ends nor loses a sleep", () => {
		const pause = new Sleep();
		let me = -1;
		go((id, turn) => {
			me = id;
			if (turn === 1) pause.start(10);
			const outcome = pause.poll(id);
			note((outcome === READY ? "ready" : "pending") + turn);
			return outcome === READY ? done() : PENDING;
		});
		runFor(1);
		wake(me);
		runFor(1);
		run();
		traced("pending1", "pending2", "ready3");
		pause.dispose();
	});

	checkInTime("E2 days: a sleep of 20 days ends after 20 days", () => {
		const days = 20 * 24 * 3600 * 1000;
		sleeper("days", days);
		runFor(1);
		shift(days - 2);
		equal(runFor(1, 0) < 0, true, "too early");
		run();
		traced("days");
	});

	check("E2 bad durations are refused with what was given", () => {
		for (const bad of [-1, Number.NaN, 2 ** 31, Number.POSITIVE_INFINITY]) throws(() => sleep(bad), "got " + bad);
		throws(() => Timer.every(0), "at least 1 millisecond");
		throws(() => runFor(1, -5), "got -5");
		spawn(scripted(() => done()));
		run();
	});

	checkInTime("E3 the processor sleeps while nothing is to be done", () => {
		const before = stat(STAT_SLEEPS);
		sleeper("s", 50);
		run();
		const slept = stat(STAT_SLEEPS) - before;
		if (slept < 1 || slept > 6) throw new Error("went to sleep " + slept + " times in 50 ms");
	});

	check("F2 ids keep slot and generation apart", () => {
		const a = go((id) => done(id));
		run();
		const id = a.take() as number;
		equal(id >>> SLOT_BITS < 1 << (31 - SLOT_BITS), true);
		equal(id >= 0, true);
	});
}
