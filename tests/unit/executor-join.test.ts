/**
 * Waiting for the end of a task: A2, from one or several joiners, before and after.
 */
import { beforeEach, describe, expect, test } from "vitest";
import type { Token } from "../../src/index.ts";
import { freshMachine, type Machine, outcomeOf, PENDING, READY } from "./support/machine.ts";

let m: Machine;
beforeEach(async () => {
	m = await freshMachine();
});

describe("join", () => {
	/** A task that joins and notes what came of it. */
	function joiner<T>(name: string) {
		return m.pollTask<[InstanceType<Machine["JoinHandle"]>]>({ name, pool: 1 }, () => {
			const join = new m.Join<T>();
			return {
				start(handle) {
					join.start(handle as never);
				},
				poll(id) {
					if (join.poll(id) === PENDING) {
						m.trace.push(name + " waits");
						return PENDING;
					}
					try {
						const value = join.take();
						m.trace.push(name + (value === m.CANCELLED ? " CANCELLED" : " got " + value));
					} catch (error) {
						m.trace.push(name + " caught " + error);
					}
					return READY;
				},
				cancel() {
					join.drop();
				},
			};
		}) as (handle: unknown) => Token<void>;
	}

	test("A2: several joiners get the value, in the order in which they came", () => {
		const handle = m.spawn(m.waiter("task", 1, "value")());
		for (const name of ["a", "b", "c"]) m.spawnDetached(joiner(name)(handle));
		m.sim.after(5, () => m.wake(handle.id));
		m.run();
		expect(m.trace).toEqual([
			"poll task",
			"a waits",
			"b waits",
			"c waits",
			"poll task",
			"a got value",
			"b got value",
			"c got value",
		]);
	});

	test("A2: a join after the end, any time later, also when the slot has its next tenant", () => {
		const task = m.scripted<[number], number>("task", (_id, _turn, n) => m.done(n));
		const first = m.spawn(task(1));
		m.run();
		const second = m.spawn(task(2));
		m.run();
		m.trace.length = 0;
		m.spawnDetached(joiner("a")(first));
		m.spawnDetached(joiner("b")(second));
		m.run();
		expect(m.trace).toEqual(["a got 1", "b got 2"]);
	});

	test("A2: the join of a failed task throws what it threw, for each joiner", () => {
		const handle = m.spawn(
			m.scripted("task", (_id, turn) => {
				if (turn === 0) return PENDING;
				throw "failure";
			})(),
		);
		for (const name of ["a", "b"]) m.spawnDetached(joiner(name)(handle));
		m.sim.after(5, () => m.wake(handle.id));
		m.run();
		expect(m.trace).toEqual(["poll task", "a waits", "b waits", "poll task", "a caught failure", "b caught failure"]);
	});

	test("N3: the join of a cancelled task gives CANCELLED", () => {
		const handle = m.spawn(m.waiter("task", 1, 0)());
		m.spawnDetached(joiner("a")(handle));
		m.sim.after(5, () => handle.cancel());
		m.run();
		expect(m.trace).toEqual(["poll task", "a waits", "a CANCELLED"]);
		expect(handle).toMatchObject({ done: true, failed: false, status: m.ECANCELED });
	});

	test("a joiner that is cancelled leaves the list; the task and the other joiners do not notice", () => {
		const handle = m.spawn(m.waiter("task", 1, "value")());
		const [a, b, c] = ["a", "b", "c"].map((name) => m.spawn(joiner(name)(handle)));
		m.sim.after(5, () => b.cancel());
		m.sim.after(10, () => m.wake(handle.id));
		m.run();
		expect(m.trace.slice(4)).toEqual(["poll task", "a got value", "c got value"]);
		expect([a, b, c].map((joining) => joining.take())).toEqual([undefined, m.CANCELLED, undefined]);
		expect(handle.waiting.first).toBeUndefined();
	});

	test("a join started for another task leaves the first one's list", () => {
		const [first, second] = ["first", "second"].map((name) => m.spawn(m.waiter(name, 1, name)()));
		const waker = m.spawnDetached(m.waiter("joiner", 9, 0)());
		const join = new m.Join<string>();
		m.runFor(3);
		expect(join.start(first).poll(waker)).toBe(PENDING);
		expect(join.start(second).poll(waker)).toBe(PENDING);
		expect(first.waiting.first).toBeUndefined();
		m.trace.length = 0;
		for (const handle of [first, second]) {
			m.wake(handle.id);
			m.runFor(10, 0);
		}
		expect(m.trace).toEqual(["poll first", "poll second", "poll joiner"]);
		expect(join.poll(waker)).toBe(READY);
		expect(join.take()).toBe("second");
		join.drop();
	});

	test("join() on a handle makes and starts one", () => {
		const handle = m.spawn(m.waiter("task", 0, 5)());
		const join = handle.join();
		m.run();
		expect(join.poll(0)).toBe(READY);
		expect(join.take()).toBe(5);
	});

	test("a join that was not started, and one of a handle without a task, are refused", () => {
		expect(() => new m.Join().poll(0)).toThrow(new TypeError("join: not started"));
		expect(() => new m.JoinHandle().join()).toThrow(new TypeError("join: nothing was spawned with this handle"));
		expect(() => new m.JoinHandle().take()).toThrow(TypeError);
		const handle = m.spawn(m.waiter("task", 1, 0)());
		expect(() => handle.take()).toThrow(new TypeError("join: the handle has no task that has ended"));
	});

	test("one handle for one task after another", () => {
		const task = m.scripted<[number], number>("task", (_id, _turn, n) => {
			if (n === 2) throw "two";
			return m.done(n);
		});
		const handle = new m.JoinHandle<number>();
		const seen: unknown[] = [];
		for (const n of [1, 2, 3]) {
			m.spawn(task(n), handle);
			expect(outcomeOf(handle)).toBe("not ended");
			m.run();
			seen.push(outcomeOf(handle));
		}
		expect(seen).toEqual([{ status: 0, value: 1 }, { threw: "two" }, { status: 0, value: 3 }]);
	});

	test("a handle tells its task's name and level while that lives", () => {
		const handle = m.spawn(m.waiter("named", 0, 0, { priority: "low" })());
		expect([handle.name, handle.priority]).toEqual(["named", 2]);
		m.run();
		expect([handle.name, handle.priority]).toEqual([undefined, undefined]);
	});
});
