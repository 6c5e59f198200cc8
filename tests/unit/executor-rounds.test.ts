/**
 * Who is polled when: rounds and their fairness (E4, E5), priority levels (M1), run with a limit (M12), yielding (N2).
 */
import { beforeEach, describe, expect, test } from "vitest";
import { freshMachine, type Machine, PENDING, READY } from "./support/machine.ts";

let m: Machine;
beforeEach(async () => {
	m = await freshMachine();
});

describe("rounds", () => {
	test("E4: a wake polls the woken task only, once for many wakes", () => {
		m.tracePends();
		const handles = ["a", "b", "c"].map((name) => m.spawn(m.waiter(name, 1, name)()));
		m.runFor(3);
		m.trace.length = 0;
		for (let i = 0; i < 4; i++) m.wake(handles[1].id);
		expect(m.runFor(100, 0)).toBe(1);
		expect(m.trace).toEqual(["pend", "pend", "pend", "pend", "poll b"]);
		expect(handles.map((handle) => handle.done)).toEqual([false, true, false]);
	});

	test("E5: a task woken again and again lets every other ready task run before its second poll", () => {
		const greedy = m.scripted("greedy", (id, turn) => {
			m.wake(id);
			m.wake(id);
			return turn < 3 ? PENDING : READY;
		});
		m.spawnDetached(greedy());
		for (const name of ["a", "b"]) m.spawnDetached(m.scripted(name, (id, turn) => (turn < 2 ? m.again(id) : READY))());
		m.run();
		expect(m.trace).toEqual([
			...["poll greedy", "poll a", "poll b"],
			...["poll greedy", "poll a", "poll b"],
			...["poll greedy", "poll a", "poll b"],
			"poll greedy",
		]);
	});

	test("E5: two tasks that wake each other do not starve a third", () => {
		const ids: number[] = [];
		for (const [i, name] of ["ping", "pong"].entries()) {
			const wakeOther = m.scripted(name, (_id, turn) => {
				m.wake(ids[1 - i]);
				return turn < 3 ? PENDING : READY;
			});
			ids.push(m.spawnDetached(wakeOther()));
		}
		m.spawnDetached(m.scripted("third", (id, turn) => (turn === 0 ? m.again(id) : READY))());
		m.run();
		const pair = ["poll ping", "poll pong"];
		expect(m.trace).toEqual([...pair, "poll third", ...pair, "poll third", ...pair, ...pair]);
	});

	test("A9: what an interrupt wakes while the machine sleeps is polled once, by slots", () => {
		const handles = ["a", "b", "c"].map((name) => m.spawn(m.waiter(name, 1, 0)()));
		m.sim.after(7, () => {
			for (const i of [2, 0, 1]) m.wake(handles[i].id);
		});
		m.run();
		expect(m.trace).toEqual(["poll a", "poll b", "poll c", "poll a", "poll b", "poll c"]);
		expect(m.sim.stat(m.sim.STAT_SLEEPS)).toBe(1);
		expect(m.sim.stat(m.sim.STAT_POLLS)).toBe(6);
	});
});

describe("M1: priority levels", () => {
	test("a round polls high, normal, low, and lower slots first within a level", () => {
		for (const [name, priority] of [
			["low 1", "low"],
			["normal 1", "normal"],
			["high 1", "high"],
			["low 2", "low"],
			["high 2", "high"],
			["normal 2", "normal"],
		] as const)
			m.spawnDetached(m.waiter(name, 0, 0, { priority })());
		m.run();
		expect(m.trace).toEqual(["high 1", "high 2", "normal 1", "normal 2", "low 1", "low 2"].map((n) => "poll " + n));
	});

	test("E5: a level does not starve those below it", () => {
		m.spawnDetached(m.scripted("high", (id, turn) => (turn < 3 ? m.again(id) : READY), { priority: "high" })());
		m.spawnDetached(m.scripted("low", (id, turn) => (turn < 2 ? m.again(id) : READY), { priority: "low" })());
		m.run();
		expect(m.trace).toEqual(["high", "low", "high", "low", "high", "low", "high"].map((n) => "poll " + n));
	});

	test("changed while it waits", () => {
		const handles = ["a", "b"].map((name) => m.spawn(m.waiter(name, 1, 0)()));
		m.runFor(2);
		handles[1].priority = 0;
		expect(handles.map((handle) => handle.priority)).toEqual([1, 0]);
		for (const handle of handles) m.wake(handle.id);
		m.run();
		expect(m.trace.slice(2)).toEqual(["poll b", "poll a"]);
	});

	test("changed while it is ready", () => {
		const handles = ["a", "b", "c"].map((name) => m.spawn(m.waiter(name, 0, 0)()));
		handles[0].priority = 2;
		handles[2].priority = 0;
		m.run();
		expect(m.trace).toEqual(["poll c", "poll b", "poll a"]);
	});

	test("changed while it is polled, by itself", () => {
		const handle = new m.JoinHandle<undefined>();
		const self = m.scripted<[], undefined>("self", (id, turn) => {
			if (turn > 0) return READY;
			handle.priority = 2;
			m.wake(id);
			return PENDING;
		});
		m.spawn(self(), handle);
		m.spawnDetached(m.scripted("other", (id, turn) => (turn === 0 ? m.again(id) : READY))());
		m.run();
		expect(m.trace).toEqual(["poll self", "poll other", "poll other", "poll self"]);
	});

	test("raised in the middle of a round in which it is still to come: polled once, in the next", () => {
		const handles: { priority: number | undefined }[] = [];
		m.spawnDetached(
			m.scripted("raiser", () => {
				handles[0].priority = 0;
				return READY;
			})(),
		);
		handles.push(m.spawn(m.waiter("raised", 0, 0, { priority: "low" })()));
		m.spawnDetached(m.waiter("last", 0, 0, { priority: "low" })());
		m.run();
		expect(m.trace).toEqual(["poll raiser", "poll last", "poll raised"]);
	});

	test("lowered in the middle of a round in which it is still to come: polled once, in this round", () => {
		const handles: { priority: number | undefined }[] = [];
		m.spawnDetached(
			m.scripted("lowerer", () => {
				handles[0].priority = 2;
				return READY;
			})(),
		);
		handles.push(m.spawn(m.waiter("lowered", 0, 0)()));
		m.spawnDetached(m.waiter("last", 0, 0, { priority: "low" })());
		expect(m.runFor(100)).toBe(3);
		expect(m.trace).toEqual(["poll lowerer", "poll lowered", "poll last"]);
	});

	test("the next tenant of the slot begins at the task's own level", () => {
		const task = m.waiter("task", 0, 0, { priority: "low" });
		const handle = m.spawn(task());
		handle.priority = 0;
		m.run();
		m.spawn(task(), handle);
		expect(handle.priority).toBe(2);
		m.spawnDetached(m.waiter("normal", 0, 0)());
		m.trace.length = 0;
		m.run();
		expect(m.trace).toEqual(["poll normal", "poll task"]);
	});

	test("a level that is none is refused", () => {
		const handle = m.spawn(m.waiter("task", 1, 0)());
		for (const level of [-1, 3, 0.5, Number.NaN, undefined])
			expect(() => {
				handle.priority = level;
			}, String(level)).toThrow(new RangeError("priority must be 0 (high), 1 or 2 (low), got " + level));
		expect(handle.priority).toBe(1);
	});
});

describe("M12: runFor", () => {
	test("returns the polls done, at most so many, and goes on in the middle of the round", () => {
		const names = ["a", "b", "c", "d", "e"];
		for (const name of names) m.spawnDetached(m.scripted(name, (id, turn) => (turn < 1 ? m.again(id) : READY))());
		const seen: string[][] = [];
		for (let done = 1; done > 0; ) {
			m.trace.length = 0;
			done = m.runFor(2);
			seen.push(m.trace.map((line) => line.slice(5)));
		}
		expect(seen).toEqual([["a", "b"], ["c", "d"], ["e", "a"], ["b", "c"], ["d", "e"], []]);
	});

	test("E5: a round cut short goes on with those that had no turn, whoever is woken meanwhile", () => {
		const handles = ["a", "b", "c"].map((name) => m.spawn(m.waiter(name, 2, 0)()));
		m.runFor(1);
		m.wake(handles[0].id);
		m.runFor(1);
		m.wake(handles[0].id);
		m.runFor(2);
		expect(m.trace).toEqual(["poll a", "poll b", "poll c", "poll a"]);
	});

	test("E5: a round cut short behind its last task has ended: the next begins with the first", () => {
		const handles = ["a", "b"].map((name) => m.spawn(m.waiter(name, 1, 0)()));
		m.runFor(2);
		handles[0].priority = 2;
		for (const handle of handles) m.wake(handle.id);
		m.runFor(1);
		m.run();
		expect(m.trace).toEqual(["poll a", "poll b", "poll b", "poll a"]);
	});

	test("returns 0 when no task is left, whatever the timeout", () => {
		expect([m.runFor(1), m.runFor(1, 0), m.runFor(1, 100)]).toEqual([0, 0, 0]);
		expect(m.sim.virtualTime()).toBe(0);
	});

	test("stops when no task is left", () => {
		m.spawnDetached(m.waiter("a", 0, 0)());
		expect(m.runFor(100, 50)).toBe(1);
		expect(m.sim.virtualTime()).toBe(0);
	});

	test("ETIME when the time passed without a poll; otherwise the polls done until then", () => {
		const handle = m.spawn(m.waiter("a", 3, 0)());
		expect(m.runFor(100, 30)).toBe(1);
		expect(m.sim.virtualTime()).toBe(30);
		expect(m.runFor(100, 30)).toBe(m.ETIME);
		expect(m.sim.virtualTime()).toBe(60);
		m.sim.after(10, () => m.wake(handle.id));
		expect(m.runFor(100, 30)).toBe(1);
		expect(m.sim.virtualTime()).toBe(90);
	});

	test("timeout 0 does what is ready and does not sleep", () => {
		const handle = m.spawn(m.scripted("a", (id, turn) => (turn < 3 ? m.again(id) : PENDING))());
		expect(m.runFor(100, 0)).toBe(4);
		expect(m.runFor(100, 0)).toBe(m.ETIME);
		expect(m.sim.stat(m.sim.STAT_SLEEPS)).toBe(0);
		expect(handle.done).toBe(false);
	});

	test("a limit that was not reached does not fire in the next run", () => {
		const handle = m.spawn(m.waiter("a", 2, "end")());
		expect(m.runFor(1, 10)).toBe(1);
		m.sim.after(50, () => m.wake(handle.id));
		m.sim.after(60, () => m.wake(handle.id));
		expect(m.runFor(100)).toBe(2);
		expect(m.sim.virtualTime()).toBe(60);
	});

	test("a limit whose time is spent while tasks compute ends the run between rounds", () => {
		m.spawnDetached(
			m.scripted("busy", (id) => {
				m.sim.spend(4);
				m.wake(id);
				return PENDING;
			})(),
		);
		expect(m.runFor(1000, 10)).toBe(3);
		expect(m.runFor(1000, 4)).toBe(1);
		expect(m.runFor(2, 4)).toBe(1);
	});

	test("the limit holds over the wrap of the clock", () => {
		for (const origin of [2 ** 31 - 5, 2 ** 32 - 5]) {
			m.sim.shift(origin - (m.sim.now() >>> 0));
			const handle = m.spawn(m.waiter("a", 1, 0)());
			const before = m.sim.virtualTime();
			expect(m.runFor(100, 10)).toBe(1);
			expect(m.sim.virtualTime() - before).toBe(10);
			handle.cancel();
			m.run();
		}
	});

	test("a number of polls or a timeout that is none is refused", () => {
		for (const polls of [0, -1, 0.5, Number.NaN])
			expect(() => m.runFor(polls)).toThrow(new RangeError("runFor: maxPolls must be at least 1, got " + polls));
		for (const timeout of [-1, Number.NaN, 2 ** 31, Number.POSITIVE_INFINITY])
			expect(() => m.runFor(1, timeout)).toThrow(RangeError);
		expect(m.runFor(Number.POSITIVE_INFINITY)).toBe(0);
	});
});

describe("yieldNow", () => {
	test("N2: puts a task behind every other that is ready", () => {
		const polite = m.pollTask({}, () => {
			const pause = new m.YieldNow();
			let left = 2;
			return {
				poll(id) {
					m.trace.push("polite " + left);
					while (left > 0) {
						if (pause.poll(id) === PENDING) return PENDING;
						pause.take();
						pause.start();
						left--;
					}
					return READY;
				},
				cancel: () => pause.drop(),
			};
		});
		m.spawnDetached(polite());
		m.spawnDetached(m.waiter("other", 0, 0)());
		m.run();
		expect(m.trace).toEqual(["polite 2", "poll other", "polite 2", "polite 1"]);
	});

	test("made on the spot, and dropped half-way", () => {
		const token = m.waiter("task", 5, 0)();
		m.spawnDetached(token);
		m.runFor(1);
		const pause = m.yieldNow();
		expect(pause.poll(token)).toBe(PENDING);
		pause.drop();
		pause.drop();
		expect(pause.poll(token)).toBe(PENDING);
		expect(pause.poll(token)).toBe(READY);
	});
});
