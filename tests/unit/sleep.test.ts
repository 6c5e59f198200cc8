/** Sleeping and ticking in virtual time: order, exactness, lateness, the wrap, giving up. A3, E2, N2. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Sleep, Ticker } from "../../src/index.ts";
import { freshMachine, type Machine, PENDING, READY } from "./support/machine.ts";

let m: Machine;
beforeEach(async () => {
	m = await freshMachine();
});

/** Notes "<time> <text>". */
function note(text: string): void {
	m.trace.push(m.sim.virtualTime() + " " + text);
}

/** Spawns a task that sleeps each of these durations in turn and notes when it goes on. */
function sleeper(name: string, ...durations: number[]) {
	const task = m.pollTask({ name }, () => {
		const pause = new m.Sleep();
		let next = 0;
		return {
			start() {
				next = 0;
				pause.start(durations[0]);
			},
			poll(id) {
				while (pause.poll(id) === READY) {
					note(name);
					if (++next === durations.length) return READY;
					pause.start(durations[next]);
				}
				return PENDING;
			},
			cancel() {
				pause.drop();
				note("cancel " + name);
			},
		};
	});
	return m.spawn(task());
}

describe("sleep", () => {
	test("A3: sleepers go on at their times, whatever the order in which they began", () => {
		for (const [name, ms] of [
			["c", 30],
			["a", 10],
			["d", 40],
			["b", 20],
		] as const)
			sleeper(name, ms);
		m.run();
		expect(m.trace).toEqual(["10 a", "20 b", "30 c", "40 d"]);
		// Two more than sleepers: at 16 and 32 timers come down from the wheel's second ring.
		expect(m.sim.stat(m.sim.STAT_SLEEPS)).toBe(6);
	});

	test("sleepers of one tick go on in one round, by slots", () => {
		for (const name of ["a", "b", "c"]) sleeper(name, 10, 5);
		m.run();
		expect(m.trace).toEqual(["10 a", "10 b", "10 c", "15 a", "15 b", "15 c"]);
		expect(m.sim.stat(m.sim.STAT_SLEEPS)).toBe(2);
	});

	test("one sleep after another adds up exactly", () => {
		sleeper("a", 1, 2, 3, 4, 5, 100, 1000, 86_400_000);
		m.run();
		expect(m.trace.map((line) => Number(line.split(" ")[0]))).toEqual([1, 3, 6, 10, 15, 115, 1115, 86_401_115]);
	});

	test("a sleep of 0 lets every other ready task have a turn", () => {
		sleeper("a", 0, 0, 0);
		m.spawnDetached(m.scripted("b", (id, turn) => (turn < 3 ? m.again(id) : READY))());
		m.run();
		expect(m.trace).toEqual(["poll b", "0 a", "poll b", "0 a", "poll b", "0 a", "poll b"]);
		expect(m.sim.virtualTime()).toBe(0);
	});

	test("fractions are rounded up to whole ticks", () => {
		sleeper("a", 0.25, 1.5);
		m.run();
		expect(m.trace).toEqual(["1 a", "3 a"]);
	});

	test("counts from its start, not from its first poll", () => {
		const task = m.pollTask({}, () => {
			const pause = new m.Sleep();
			let begun = false;
			return {
				poll(id) {
					if (!begun) {
						begun = true;
						pause.start(10);
						m.sim.spend(4);
					}
					if (pause.poll(id) === PENDING) return PENDING;
					note("end");
					return READY;
				},
			};
		});
		m.spawnDetached(task());
		m.run();
		expect(m.trace).toEqual(["10 end"]);
	});

	test("that is over before its first poll ends at once, after a turn of the others", () => {
		const task = m.pollTask({}, () => {
			const pause = new m.Sleep();
			let begun = false;
			return {
				poll(id) {
					if (!begun) {
						begun = true;
						pause.start(10);
						m.sim.spend(25);
					}
					if (pause.poll(id) === PENDING) return PENDING;
					note("end");
					return READY;
				},
			};
		});
		m.spawnDetached(task());
		m.run();
		expect(m.trace).toEqual(["25 end"]);
	});

	test("24.8 days, the longest, take no more wakes of the processor than the wheel has levels", () => {
		sleeper("a", 2 ** 31 - 1);
		m.run();
		expect(m.trace).toEqual([2 ** 31 - 1 + " a"]);
		expect(m.sim.stat(m.sim.STAT_SLEEPS)).toBeLessThanOrEqual(8);
		expect(m.sim.stat(m.sim.STAT_POLLS)).toBe(2);
	});

	test.each([2 ** 31 - 15, 2 ** 32 - 15])("the clock wraps at %d and nobody notices", (origin) => {
		m.sim.shift(origin | 0);
		sleeper("a", 10, 10, 10);
		sleeper("b", 25);
		sleeper("c", 2 ** 31 - 1);
		m.run();
		expect(m.trace).toEqual(["10 a", "20 a", "25 b", "30 a", 2 ** 31 - 1 + " c"]);
	});

	test("polled more often than woken it stays one wait, with the last waker", () => {
		const other = m.spawnDetached(m.scripted("other", () => PENDING)());
		const first = m.spawnDetached(m.scripted("first", () => PENDING)());
		m.runFor(2);
		const pause = new m.Sleep().start(10);
		for (let i = 0; i < 3; i++) expect(pause.poll(first)).toBe(PENDING);
		expect(pause.poll(other)).toBe(PENDING);
		m.trace.length = 0;
		expect(m.runFor(100, 50)).toBe(1);
		expect(m.trace).toEqual(["poll other"]);
		expect(pause.poll(other)).toBe(READY);
		expect(pause.poll(other)).toBe(READY);
	});

	test("dropped while waiting, before its first poll, after its end, and again", () => {
		const token = m.spawnDetached(m.scripted("task", () => PENDING)());
		m.runFor(1);
		const pause = new m.Sleep();
		pause.drop();
		pause.start(10).drop();
		expect(pause.poll(token)).toBe(READY);
		pause.start(10).poll(token);
		pause.drop();
		pause.drop();
		expect(m.runFor(100, 50)).toBe(m.ETIME);
		pause.start(10).poll(token);
		expect(m.runFor(100, 50)).toBe(1);
		pause.drop();
		expect(pause.poll(token)).toBe(READY);
	});

	test("started again while it waits: only the new time counts", () => {
		const token = m.spawnDetached(m.scripted("task", () => PENDING)());
		m.runFor(1);
		m.trace.length = 0;
		const pause = new m.Sleep();
		for (const ms of [10, 5, 30]) expect(pause.start(ms).poll(token)).toBe(PENDING);
		expect(m.runFor(1)).toBe(1);
		expect(m.sim.virtualTime()).toBe(30);
	});

	test("N3: a cancelled sleeper leaves no timer behind, and its slot's next tenant sleeps its own time", () => {
		const handle = sleeper("a", 100);
		sleeper("b", 20, 200);
		m.sim.after(10, () => handle.cancel());
		m.run();
		expect(m.trace).toEqual(["10 cancel a", "20 b", "220 b"]);
	});

	test("startAt sleeps until a tick; one that has passed is now", () => {
		const token = m.spawnDetached(m.scripted("task", () => PENDING)());
		m.runFor(1);
		const pause = new m.Sleep();
		const until = (tick: number) => {
			expect(pause.startAt(tick).poll(token)).toBe(PENDING);
			m.runFor(1);
			expect(pause.poll(token)).toBe(READY);
			return m.sim.virtualTime();
		};
		expect([until(40), until(40), until(12), until(-5), until(41)]).toEqual([40, 40, 40, 40, 41]);
	});

	test("disposed of, once or twice, it gives its timer back to one other", () => {
		const token = m.spawnDetached(m.scripted("task", () => PENDING)());
		m.runFor(1);
		const gone = new m.Sleep().start(5);
		gone.poll(token);
		gone.dispose();
		gone.dispose();
		gone.drop();
		const [a, b] = [new m.Sleep().start(20), new m.Sleep().start(10)];
		for (const pause of [a, b]) expect(pause.poll(token)).toBe(PENDING);
		expect(m.runFor(1)).toBe(1);
		expect([m.sim.virtualTime(), a.poll(token), b.poll(token)]).toEqual([10, PENDING, READY]);
		expect(m.runFor(1)).toBe(1);
		expect([m.sim.virtualTime(), a.poll(token)]).toEqual([20, READY]);
		// Started again it takes a timer of its own, and the others keep theirs.
		expect(a.start(10).poll(token)).toBe(PENDING);
		expect(gone.start(5).poll(token)).toBe(PENDING);
		expect(m.runFor(1)).toBe(1);
		expect([m.sim.virtualTime(), a.poll(token), gone.poll(token)]).toEqual([25, PENDING, READY]);
	});

	test("E2: a thousand sleepers, each at its time", () => {
		const times = Array.from({ length: 1000 }, (_, i) => (i * 7919) % 5003);
		const seen: number[] = [];
		const task = m.pollTask<[number]>({ pool: 1000 }, () => {
			const pause = new m.Sleep();
			return {
				start(ms) {
					pause.start(ms);
				},
				poll(id) {
					if (pause.poll(id) === PENDING) return PENDING;
					seen.push(m.sim.virtualTime());
					return READY;
				},
			};
		});
		for (const ms of times) m.spawnDetached(task(ms));
		m.run();
		expect(seen).toEqual(times.sort((a, b) => a - b));
	});
});

describe("Timer", () => {
	/** Spawns a task that takes so many ticks, with what it does at each. */
	function consumer(make: () => Ticker, ticks: number, at: (n: number, ticker: Ticker) => void) {
		const task = m.pollTask({}, () => {
			const ticker = make();
			let n = 0;
			return {
				poll(id) {
					while (ticker.poll(id) === READY) {
						ticker.take();
						at(n, ticker);
						if (++n === ticks) return READY;
					}
					return PENDING;
				},
				cancel: () => ticker.drop(),
			};
		});
		return m.spawn(task());
	}

	test("after: once", () => {
		const pause: Sleep = m.Timer.after(15);
		const token = m.spawnDetached(m.scripted("task", (id) => pause.poll(id))());
		m.run();
		expect(m.sim.virtualTime()).toBe(15);
		expect(m.isCurrent(token)).toBe(false);
	});

	test("every: a tick a period", () => {
		consumer(
			() => m.Timer.every(100),
			5,
			(n) => note("tick " + n),
		);
		m.run();
		expect(m.trace).toEqual(["100 tick 0", "200 tick 1", "300 tick 2", "400 tick 3", "500 tick 4"]);
	});

	test("without drift: a late consumer gets what it missed at once, one by one, and is on time again", () => {
		consumer(
			() => m.Timer.every(100),
			7,
			(n) => {
				note("tick " + n);
				if (n === 1) m.sim.spend(250);
				else m.sim.spend(30);
			},
		);
		m.run();
		expect(m.trace).toEqual([
			"100 tick 0",
			"200 tick 1",
			"450 tick 2",
			"480 tick 3",
			"510 tick 4",
			"600 tick 5",
			"700 tick 6",
		]);
	});

	test("without drift over 10,000 ticks and the wrap of the clock", () => {
		m.sim.shift(2 ** 32 - 20_000);
		consumer(
			() => m.Timer.every(7),
			10_000,
			(n) => {
				if (n % 13 === 0 && n < 9900) m.sim.spend(n % 40);
			},
		);
		m.run();
		expect(m.sim.virtualTime()).toBe(70_000);
	});

	test("reset begins anew from now", () => {
		consumer(
			() => m.Timer.every(100),
			3,
			(n, ticker) => {
				note("tick " + n);
				if (n === 0) {
					m.sim.spend(330);
					ticker.reset();
				}
			},
		);
		m.run();
		expect(m.trace).toEqual(["100 tick 0", "530 tick 1", "630 tick 2"]);
	});

	test("dropped while waiting: the next wait is for the tick after", () => {
		const token = m.spawnDetached(m.scripted("task", () => PENDING)());
		m.runFor(1);
		const ticker = m.Timer.every(100);
		expect(ticker.poll(token)).toBe(PENDING);
		ticker.drop();
		ticker.drop();
		expect(m.runFor(1, 150)).toBe(m.ETIME);
		expect(ticker.poll(token)).toBe(PENDING);
		expect(m.runFor(1)).toBe(1);
		expect(m.sim.virtualTime()).toBe(200);
		expect(ticker.poll(token)).toBe(READY);
	});

	test("N3: a cancelled consumer leaves no timer behind", () => {
		const handle = consumer(
			() => m.Timer.every(100),
			99,
			(n) => note("tick " + n),
		);
		m.sim.after(250, () => handle.cancel());
		m.run();
		expect(m.trace).toEqual(["100 tick 0", "200 tick 1"]);
		expect(m.sim.virtualTime()).toBe(250);
	});
});
