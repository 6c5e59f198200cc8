/**
 * The states of a task slot: every transition of the diagram in src/executor/table.ts but cancellation
 * (executor-cancel.test.ts), as whole traces. A1, E1, F1, F2, F4, M4.
 */
import { beforeEach, describe, expect, test } from "vitest";
import type { Token } from "../../src/index.ts";
import { freshMachine, type Machine, outcomeOf, PENDING, READY } from "./support/machine.ts";

let m: Machine;
beforeEach(async () => {
	m = await freshMachine();
});

describe("run", () => {
	test("A1: returns the root's value, once the root has ended", () => {
		const root = m.waiter("root", 1, 42);
		const token = root();
		m.sim.after(10, () => m.wake(token));
		expect(m.run(token)).toBe(42);
		expect(m.sim.virtualTime()).toBe(10);
		expect(m.trace).toEqual(["poll root", "poll root"]);
		m.checkInvariants();
	});

	test("A1: throws what the root threw", () => {
		const failure = new Error("root");
		const root = m.scripted("root", () => {
			throw failure;
		});
		expect(() => m.run(root())).toThrow(failure);
		m.checkInvariants();
	});

	test("A1: a root that was cancelled gives CANCELLED", () => {
		const root = m.scripted("root", (id) => {
			expect(m.cancel(id)).toBe(0);
			return PENDING;
		});
		expect(m.run(root())).toBe(m.CANCELLED);
		expect(m.trace).toEqual(["poll root"]);
	});

	test("A1: other tasks stay as they are and go on with the next run", () => {
		const other = m.waiter("other", 1, "late");
		const handle = m.spawn(other());
		expect(m.run(m.waiter("root", 0, 1)())).toBe(1);
		expect(handle.done).toBe(false);
		m.wake(handle.id);
		m.run();
		expect(handle.take()).toBe("late");
		expect(m.trace).toEqual(["poll other", "poll root", "poll other"]);
	});

	test("A1: one machine runs several roots, one after the other", () => {
		const root = m.scripted<[number], number>("root", (_id, _turn, n) => m.done(n * n));
		expect([1, 2, 3].map((n) => m.run(root(n)))).toEqual([1, 4, 9]);
	});

	test("F4: without a root it returns when no task is left", () => {
		m.run();
		expect(m.trace).toEqual([]);
		const a = m.spawn(m.waiter("a", 2, "a")());
		const b = m.spawn(m.waiter("b", 1, "b")());
		for (const ms of [5, 20]) m.sim.after(ms, () => m.wake(a.id));
		m.sim.after(10, () => m.wake(b.id));
		expect(m.run()).toBeUndefined();
		expect(m.trace).toEqual(["poll a", "poll b", "poll a", "poll b", "poll a"]);
		expect(m.sim.virtualTime()).toBe(20);
		expect([a.take(), b.take()]).toEqual(["a", "b"]);
	});

	test("a nested run is refused, and the outer one goes on", () => {
		const messages: unknown[] = [];
		const root = m.scripted("root", () => {
			for (const nested of [() => m.run(), () => m.runFor(1), () => m.runFor(1, 0)])
				try {
					nested();
				} catch (error) {
					messages.push(error);
				}
			return m.done("outer");
		});
		expect(m.run(root())).toBe("outer");
		expect(messages).toHaveLength(3);
		for (const message of messages)
			expect(message).toEqual(new TypeError("run: it is running already (a task cannot call run)"));
	});

	test("what cannot be spawned as a root is refused, and run can be called again", () => {
		const root = m.waiter("root", 0, 1);
		const token = root();
		expect(m.run(token)).toBe(1);
		expect(() => m.run(token)).toThrow(/not a task that waits to be spawned/);
		expect(m.run(root())).toBe(1);
	});

	test("a program that nothing can wake ends in a Deadlock, and run can be called again", () => {
		const handle = m.spawn(m.waiter("stuck", 1, "free")());
		expect(() => m.run()).toThrow(m.sim.Deadlock);
		expect(handle.done).toBe(false);
		m.wake(handle.id);
		m.run();
		expect(handle.take()).toBe("free");
	});

	test("stop cancels every task; run returns when they have cleaned up", () => {
		const slow = m.scripted("slow", (id, turn) => (turn === 0 ? PENDING : turn < 3 ? m.again(id) : READY), {
			cancel: m.again,
		});
		const handles = [
			m.spawn(slow()),
			m.spawn(m.waiter("quick", 1, 0, { cancel: () => {} })()),
			m.spawn(m.waiter("plain", 1, 0)()),
		];
		const claimed = m.waiter("claimed", 0, 0)();
		m.sim.after(5, m.sim.stop);
		m.run();
		expect(m.trace).toEqual([
			...["poll slow", "poll quick", "poll plain"],
			...["cancel slow", "cancel quick", "poll slow", "poll slow", "poll slow"],
		]);
		expect(handles.map((handle) => handle.take())).toEqual([m.CANCELLED, m.CANCELLED, m.CANCELLED]);
		expect(m.stateOf(claimed)).toBe("CLAIMED");
		m.checkInvariants();
	});
});

describe("states", () => {
	test("1 claim, 5 release: CLAIMED and back, nothing polled", () => {
		const task = m.waiter("task", 0, 0);
		expect(m.freeSlots()).toBe(1);
		const token = task();
		expect(m.stateOf(token)).toBe("CLAIMED");
		expect(m.isCurrent(token)).toBe(true);
		m.checkInvariants();
		expect(m.release(token)).toBe(0);
		expect(m.stateOf(token)).toBe("FREE");
		expect(m.isCurrent(token)).toBe(false);
		expect(m.release(token)).toBe(m.EINVAL);
		m.run();
		expect(m.trace).toEqual([]);
		m.checkInvariants();
		// Its id is nobody's now, not the next tenant's.
		const next = task();
		expect(next).not.toBe(token);
		expect([m.isCurrent(token), m.isCurrent(next)]).toEqual([false, true]);
	});

	test("release refuses a task that was spawned, an id that never was, and a failed claim", () => {
		const task = m.waiter("task", 1, 0);
		const token = task();
		const handle = m.spawn(token);
		expect(m.release(token)).toBe(m.EINVAL);
		expect(m.release(99_999)).toBe(m.EINVAL);
		expect(m.release(task())).toBe(m.EINVAL);
		handle.cancel();
		m.run();
		m.checkInvariants();
	});

	test("2 spawn: LIVE, ready, polled in the next round and not before", () => {
		m.tracePends();
		const token = m.waiter("task", 0, "value")();
		const handle = m.spawn(token);
		expect(m.stateOf(token)).toBe("LIVE");
		expect(m.sim.readySlots()).toEqual([token & m.table.SLOT_MASK]);
		expect(m.trace).toEqual(["pend"]);
		expect(outcomeOf(handle)).toBe("not ended");
		m.checkInvariants();
		m.run();
		expect(m.trace).toEqual(["pend", "poll task"]);
		expect(outcomeOf(handle)).toEqual({ status: READY, value: "value" });
	});

	test("a start that throws leaves its slot free", () => {
		let bad = true;
		const task = m.scripted("task", () => READY, {
			start() {
				if (bad) throw new RangeError("bad argument");
			},
		});
		for (let i = 0; i < 3; i++) expect(() => task()).toThrow("bad argument");
		m.checkInvariants();
		expect(m.freeSlots()).toBe(1);
		bad = false;
		m.spawn(task());
		m.run();
		expect(m.trace).toEqual(["poll task"]);
	});

	test("3 settle: by a value, by a status, by an exception; the others go on", () => {
		const value = m.spawn(m.waiter("value", 0, "v")());
		const status = m.spawn(m.scripted("status", () => m.ETIME)());
		const threw = m.spawn(
			m.scripted("threw", () => {
				throw "thrown";
			})(),
		);
		const other = m.spawn(m.waiter("other", 0, "o")());
		m.run();
		expect([value, status, threw, other].map(outcomeOf)).toEqual([
			{ status: READY, value: "v" },
			{ status: m.ETIME, value: undefined },
			{ threw: "thrown" },
			{ status: READY, value: "o" },
		]);
		expect(threw.failed).toBe(true);
		expect(() => threw.take()).toThrow("thrown");
		expect(m.freeSlots()).toBe(4);
		m.checkInvariants();
	});

	test("a task that ends without a value does not get the value of the one before", () => {
		const first = m.spawn(m.waiter("first", 0, "first")());
		const second = m.spawn(m.scripted("second", () => READY)());
		m.run();
		expect([first.take(), second.take()]).toEqual(["first", undefined]);
	});

	test("M4: a slot serves tenant after tenant, with its frame made once", () => {
		let made = 0;
		const task = m.pollTask<[number], number>({ pool: 2 }, () => {
			made++;
			let n = 0;
			return {
				start(given) {
					n = given;
				},
				poll: () => m.done(n),
			};
		});
		for (let i = 0; i < 1000; i++) expect(m.run(task(i))).toBe(i);
		expect(made).toBe(2);
		m.checkInvariants();
	});

	test("slots are used again in the order in which they became free", () => {
		const task = m.scripted<[], undefined>("task", () => READY, { pool: 4 });
		const slots = (tokens: Token<unknown>[]) => tokens.map((token) => token & m.table.SLOT_MASK);
		const [a, b, c, d] = [task(), task(), task(), task()];
		expect(slots([a, b, c, d])).toEqual([0, 1, 2, 3]);
		for (const token of [c, a, d, b]) m.release(token);
		m.checkInvariants();
		expect(slots([task(), task(), task(), task()])).toEqual([2, 0, 3, 1]);
	});

	test("a freed slot goes behind those that are free already", () => {
		const task = m.scripted<[], undefined>("task", () => READY, { pool: 3 });
		const seen = [];
		for (let i = 0; i < 7; i++) {
			const token = task();
			seen.push(token & m.table.SLOT_MASK);
			m.spawnDetached(token);
			m.run();
		}
		expect(seen).toEqual([0, 1, 2, 0, 1, 2, 0]);
	});
});

describe("F2: stale ids", () => {
	test("a wake after the end does nothing", () => {
		const token = m.waiter("task", 0, 0)();
		m.run(token);
		m.tracePends();
		m.wake(token);
		expect(m.sim.readySlots()).toEqual([]);
		expect(m.trace).toEqual(["poll task"]);
		expect(m.cancel(token)).toBe(m.ESRCH);
		expect(m.isCurrent(token)).toBe(false);
	});

	test("a wake, a cancel and a handle of one tenant do not reach the next", () => {
		const task = m.waiter("task", 1, "x");
		const first = m.spawn(task());
		m.runFor(1);
		m.wake(first.id);
		m.runFor(1);
		expect(first.done).toBe(true);
		const second = m.spawn(task());
		expect(second.id & m.table.SLOT_MASK).toBe(first.id & m.table.SLOT_MASK);
		expect(second.id).not.toBe(first.id);
		m.runFor(1);
		m.trace.length = 0;
		m.wake(first.id);
		expect(first.cancel()).toBe(m.ESRCH);
		expect(first.name).toBeUndefined();
		expect(first.priority).toBeUndefined();
		first.priority = 0;
		expect(second.priority).toBe(1);
		expect(m.runFor(10, 0)).toBe(m.ETIME);
		expect(m.trace).toEqual([]);
		expect(second.done).toBe(false);
	});

	test("a task woken and cancelled before its release is never polled again", () => {
		const task = m.waiter("task", 1, 0);
		const handle = m.spawn(task());
		m.runFor(1);
		m.wake(handle.id);
		handle.cancel();
		m.wake(handle.id);
		m.run();
		m.spawnDetached(task());
		expect(m.runFor(10, 0)).toBe(1);
		expect(m.trace).toEqual(["poll task", "poll task"]);
	});

	test("ids that never were are refused: negative, out of range, of a slot without a task", () => {
		const handle = m.spawn(m.waiter("task", 1, 0)());
		m.runFor(1);
		for (const id of [-1, -(2 ** 31), 2 ** 31 - 1, m.table.SLOT_MASK, (1 << m.sim.SLOT_BITS) | handle.id]) {
			m.wake(id);
			expect(m.cancel(id), String(id)).toBe(m.ESRCH);
			expect(m.isCurrent(id), String(id)).toBe(false);
		}
		expect(m.sim.readySlots()).toEqual([]);
	});

	test("a guessed id of a free slot polls nobody into or out of existence", () => {
		const task = m.waiter("task", 0, 0, {});
		m.run(task());
		m.wake(m.sim.id(0));
		m.runFor(10, 0);
		m.checkInvariants();
		expect(m.freeSlots()).toBe(1);
		expect(m.run(task())).toBe(0);
	});

	test("generations wrap: an id comes back after all the others of its slot, and stays within 31 bits", () => {
		const task = m.pollTask<[], undefined>({}, () => ({ poll: () => READY }));
		const generations = 2 ** (31 - m.sim.SLOT_BITS);
		const first = task();
		const seen = new Set<number>();
		for (let i = 0, token = first; i < generations; i++, token = task()) {
			expect(token >= 0 && token <= 0x7fffffff).toBe(true);
			expect(seen.has(token)).toBe(false);
			seen.add(token);
			m.spawnDetached(token);
			m.run();
		}
		// The last claim of the loop has been made and is the first id again.
		expect(m.isCurrent(first)).toBe(true);
		expect(m.release(first)).toBe(0);
		m.checkInvariants();
	});
});

describe("spawn", () => {
	test("F1: from inside a task, also from one that ends in that turn", () => {
		const child = m.scripted<[number], number>("child", (_id, _turn, n) => m.done(n + 1), { pool: 2 });
		const handles = [new m.JoinHandle<number>(), new m.JoinHandle<number>()];
		const parent = m.scripted("parent", () => {
			m.spawn(child(1), handles[0]);
			m.spawn(child(2), handles[1]);
			return READY;
		});
		m.spawnDetached(parent());
		m.run();
		expect(m.trace).toEqual(["poll parent", "poll child", "poll child"]);
		expect(handles.map((handle) => handle.take())).toEqual([2, 3]);
	});

	test("a full pool: spawn throws and names pool and option, trySpawn and spawnDetached give a value", () => {
		const task = m.scripted<[], undefined>("worker", () => PENDING, { pool: 2 });
		m.spawnDetached(task());
		m.spawnDetached(task());
		expect(() => m.spawn(task())).toThrow(
			new RangeError('spawn: all of task "worker" are alive (pool: 2); raise its option pool, or use trySpawn'),
		);
		expect(m.trySpawn(task())).toBeUndefined();
		expect(m.spawnDetached(task())).toBe(m.ENOBUFS);
		expect(m.table.liveCount).toBe(2);
		m.checkInvariants();
	});

	test("the pool that is named is the one that is full", () => {
		for (let i = 0; i < 5; i++) m.scripted("task " + i, () => READY);
		const full = m.scripted("full", () => PENDING);
		m.scripted("after", () => READY);
		full();
		expect(() => m.spawn(full())).toThrow(/"full"/);
	});

	test("a recursion of spawns to the full table is a status", () => {
		let status = 0;
		let depth = 0;
		const task = m.scripted<[], undefined>(
			"recursive",
			() => {
				depth++;
				const id = m.spawnDetached(task());
				if (id < 0) status = id;
				return PENDING;
			},
			{ pool: 100 },
		);
		m.spawnDetached(task());
		expect(() => m.run()).toThrow(m.sim.Deadlock);
		expect([depth, status, m.table.liveCount]).toEqual([100, m.ENOBUFS, 100]);
		m.checkInvariants();
	});

	test("a task spawned in a round is polled in the next, whatever its slot", () => {
		const low = m.waiter("low slot", 0, 0);
		const parent = m.scripted("parent", () => (m.spawnDetached(low()) < 0 ? m.ENOBUFS : READY));
		const last = m.waiter("last", 0, 0);
		m.spawnDetached(parent());
		m.spawnDetached(last());
		m.run();
		expect(m.trace).toEqual(["poll parent", "poll last", "poll low slot"]);
	});

	test("a token can be spawned once", () => {
		const task = m.waiter("task", 1, 0);
		const token = task();
		m.spawn(token);
		for (const anew of [() => m.spawn(token), () => m.trySpawn(token), () => m.spawnDetached(token)])
			expect(anew).toThrow(/^spawn: not a task that waits to be spawned/);
		m.cancel(token);
		m.run();
		expect(() => m.spawn(token)).toThrow(TypeError);
		expect(m.trace).toEqual([]);
		m.checkInvariants();
	});

	test("a token woken before its spawn harms nothing: it still is claimed, and spawned once", () => {
		const task = m.waiter("task", 1, "value");
		const token = task();
		m.wake(token);
		m.wake(token);
		m.runFor(10, 0);
		m.wake(token);
		m.runFor(10, 0);
		expect(m.stateOf(token)).toBe("CLAIMED");
		m.checkInvariants();
		const handle = m.spawn(token);
		m.run();
		expect(handle.take()).toBe("value");
		m.checkInvariants();
	});

	test("F2: a released token cannot be spawned, nor released again, not even when its slot is claimed anew", () => {
		const task = m.waiter("task", 0, 0);
		const token = task();
		m.release(token);
		expect(() => m.spawn(token)).toThrow(TypeError);
		const next = task();
		expect(() => m.spawn(token)).toThrow(TypeError);
		expect(m.release(token)).toBe(m.EINVAL);
		expect(m.cancel(token)).toBe(m.ESRCH);
		expect(m.stateOf(next)).toBe("CLAIMED");
		m.checkInvariants();
	});

	test("a handle in use cannot be given away; the token stays claimed", () => {
		const task = m.scripted<[], number>("task", (_id, turn) => (turn === 0 ? PENDING : m.done(turn)), { pool: 2 });
		const handle = new m.JoinHandle<number>();
		m.spawn(task(), handle);
		const id = handle.id;
		const second = task();
		expect(() => m.spawn(second, handle)).toThrow(/^spawn: the handle still belongs to a living task/);
		expect(() => m.trySpawn(second, handle)).toThrow(TypeError);
		expect(handle.id).toBe(id);
		expect(m.stateOf(second)).toBe("CLAIMED");
		m.runFor(1);
		m.wake(handle.id);
		m.run();
		expect(m.spawn(second, handle)).toBe(handle);
		expect(handle.id).toBe(second);
		expect(handle.done).toBe(false);
		handle.cancel();
		m.run();
		m.checkInvariants();
	});

	test("pollTask refuses a pool or a priority that is none", () => {
		for (const pool of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
			expect(() => m.pollTask({ name: "p", pool }, () => ({ poll: () => READY })), String(pool)).toThrow(RangeError);
		expect(() => m.pollTask({ priority: "urgent" as "high" }, () => ({ poll: () => READY }))).toThrow(
			/priority must be "high", "normal" or "low", got urgent/,
		);
		expect(m.table.states).toEqual([]);
	});

	test("E1: 1000 tasks of one pool, and 100 pools of one task, each polled once and freed", () => {
		const many = m.pollTask<[number], number>({ pool: 1000 }, () => {
			let n = 0;
			return {
				start(given) {
					n = given;
				},
				poll: () => m.done(n),
			};
		});
		const handles = Array.from({ length: 1000 }, (_, i) => m.spawn(many(i)));
		for (let i = 0; i < 100; i++) m.spawnDetached(m.pollTask({}, () => ({ poll: () => READY }))());
		expect(m.runFor(100_000)).toBe(1100);
		expect(handles.map((handle) => handle.take())).toEqual(Array.from({ length: 1000 }, (_, i) => i));
		expect(m.freeSlots()).toBe(1100);
		m.checkInvariants();
	});
});

describe("statuses", () => {
	test("each has a text, and an unknown one is shown as its number", () => {
		for (const status of [m.READY, m.EAGAIN, m.EBUSY, m.ECANCELED, m.EINVAL, m.ENOBUFS, m.ENOMEM, m.ESRCH, m.ETIME])
			expect(m.statusText(status)).not.toMatch(/^status /);
		expect(m.statusText(-9999)).toBe("status -9999");
	});
});
