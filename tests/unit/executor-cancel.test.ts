/**
 * How a task ends before its time: cancelled in each state that it can be in (N3), and by an exception.
 */
import { beforeEach, describe, expect, test } from "vitest";
import { freshMachine, type Machine, outcomeOf, PENDING, READY } from "./support/machine.ts";

let m: Machine;
beforeEach(async () => {
	m = await freshMachine();
});

describe("N3: cancel, in each state", () => {
	/** A task with a cleanup that takes so many polls; -1: no cancel function at all. */
	function cancellable(cleanups: number) {
		let left = 0;
		return m.scripted(
			"task",
			(_id, turn) => (left > 0 ? (--left === 0 ? READY : PENDING) : turn < 5 ? PENDING : READY),
			{
				...(cleanups >= 0 && {
					cancel: () => {
						left = cleanups;
						return cleanups === 0 ? READY : PENDING;
					},
				}),
			},
		);
	}

	test("claimed: gone at once, nothing runs", () => {
		const task = cancellable(0);
		const token = task();
		expect(m.cancel(token)).toBe(0);
		expect(m.stateOf(token)).toBe("FREE");
		expect(m.cancel(token)).toBe(m.ESRCH);
		expect(() => m.spawn(token)).toThrow(TypeError);
		m.run();
		expect(m.trace).toEqual([]);
		m.checkInvariants();
		expect(task()).not.toBe(token);
		expect(m.isCurrent(token)).toBe(false);
	});

	test("ready, not yet polled: its body never runs", () => {
		const handle = m.spawn(cancellable(0)());
		expect(handle.cancel()).toBe(0);
		expect(m.stateOf(handle.id)).toBe("CANCEL_ASKED");
		m.checkInvariants();
		m.run();
		expect(m.trace).toEqual(["cancel task"]);
		expect(handle.take()).toBe(m.CANCELLED);
		m.checkInvariants();
	});

	test("waiting: unwound in its own next turn, not in the caller's", () => {
		const handle = m.spawn(cancellable(0)());
		const other = m.scripted("other", () => {
			expect(handle.cancel()).toBe(0);
			m.trace.push("asked");
			return READY;
		});
		m.runFor(1);
		m.spawnDetached(other());
		m.run();
		expect(m.trace).toEqual(["poll task", "poll other", "asked", "cancel task"]);
		expect(handle.take()).toBe(m.CANCELLED);
	});

	test("woken and not yet polled: the poll is the cancellation", () => {
		const handle = m.spawn(cancellable(0)());
		m.runFor(1);
		m.wake(handle.id);
		handle.cancel();
		m.run();
		expect(m.trace).toEqual(["poll task", "cancel task"]);
	});

	test("without a cancel function: it ends in that turn", () => {
		const handle = m.spawn(cancellable(-1)());
		m.runFor(1);
		handle.cancel();
		expect(m.runFor(10, 0)).toBe(1);
		expect(handle.take()).toBe(m.CANCELLED);
		expect(m.trace).toEqual(["poll task"]);
		m.checkInvariants();
	});

	test("a cleanup of several polls: the slot is taken until it is through", () => {
		const task = cancellable(3);
		const handle = m.spawn(task());
		m.runFor(1);
		handle.cancel();
		m.runFor(1);
		expect(m.stateOf(handle.id)).toBe("CANCELLING");
		expect(handle.done).toBe(false);
		expect(m.trySpawn(task())).toBeUndefined();
		expect(handle.cancel()).toBe(0); // changes nothing
		for (const end of [false, false, true]) {
			expect(m.runFor(10, 0)).toBe(m.ETIME); // it is woken by what it waits for, not by being cancelled
			m.wake(handle.id);
			m.runFor(1);
			expect(handle.done).toBe(end);
		}
		expect(m.trace).toEqual(["poll task", "cancel task", "poll task", "poll task", "poll task"]);
		expect(handle.take()).toBe(m.CANCELLED);
		m.checkInvariants();
	});

	test("while polled, by itself, and goes on waiting: unwound in its next turn", () => {
		const task = m.scripted("self", (id) => (m.cancel(id) === 0 ? PENDING : READY), { cancel: () => {} });
		const handle = m.spawn(task());
		m.run();
		expect(m.trace).toEqual(["poll self", "cancel self"]);
		expect(handle.take()).toBe(m.CANCELLED);
	});

	test("while polled, by itself, and ends in that very turn: the value counts, and the next tenant is unharmed", () => {
		const task = m.scripted<[boolean], string>(
			"self",
			(id, _turn, ask) => {
				if (ask) expect(m.cancel(id)).toBe(0);
				return m.done("value");
			},
			{ cancel: () => {} },
		);
		const handle = m.spawn(task(true));
		m.run();
		expect(outcomeOf(handle)).toEqual({ status: READY, value: "value" });
		m.checkInvariants();
		m.spawn(task(false), handle);
		m.run();
		expect(m.trace).toEqual(["poll self", "poll self"]);
		expect(handle.take()).toBe("value");
	});

	test("while polled, by itself, and throws in that very turn: the exception counts, and the next tenant is unharmed", () => {
		const task = m.scripted<[boolean], string>("self", (id, _turn, ask) => {
			if (!ask) return m.done("fine");
			m.cancel(id);
			throw "self";
		});
		const handle = m.spawn(task(true));
		m.run();
		expect(outcomeOf(handle)).toEqual({ threw: "self" });
		m.spawn(task(false), handle);
		m.run();
		expect(handle.take()).toBe("fine");
	});

	test("cancelled twice in one turn: unwound once", () => {
		const handle = m.spawn(cancellable(0)());
		m.runFor(1);
		expect([handle.cancel(), handle.cancel(), m.cancel(handle.id)]).toEqual([0, 0, 0]);
		m.run();
		expect(m.trace).toEqual(["poll task", "cancel task"]);
	});

	test("done: ESRCH, the outcome stays", () => {
		const handle = m.spawn(m.waiter("task", 0, "value")());
		m.run();
		expect(handle.cancel()).toBe(m.ESRCH);
		expect(handle.take()).toBe("value");
	});

	test("a cancel function that throws fails the task, not the executor", () => {
		const task = m.scripted("task", () => PENDING, {
			cancel: () => {
				throw "in cleanup";
			},
		});
		const handle = m.spawn(task());
		const other = m.spawn(m.waiter("other", 0, "fine")());
		m.runFor(2);
		handle.cancel();
		m.run();
		expect(outcomeOf(handle)).toEqual({ threw: "in cleanup" });
		expect(other.take()).toBe("fine");
		m.checkInvariants();
		// The frame's own poll function is back.
		m.spawn(task(), handle);
		m.trace.length = 0;
		m.runFor(1);
		expect(m.trace).toEqual(["poll task"]);
	});

	test("a cleanup that throws in a later poll fails the task", () => {
		const task = m.scripted(
			"task",
			(_id, turn) => {
				if (turn === 0) return PENDING;
				throw "late";
			},
			{ cancel: () => PENDING },
		);
		const handle = m.spawn(task());
		m.runFor(1);
		handle.cancel();
		m.runFor(1);
		m.wake(handle.id);
		m.run();
		expect(outcomeOf(handle)).toEqual({ threw: "late" });
		m.checkInvariants();
	});

	test("one task cancels another before and behind it in the same round", () => {
		const victims = ["before", "behind"].map((name) => m.waiter(name, 9, 0, { cancel: () => {} }));
		const handles: InstanceType<Machine["JoinHandle"]>[] = [];
		handles.push(m.spawn(victims[0]()) as never);
		const killer = m.scripted("killer", () => {
			for (const handle of handles) handle.cancel();
			return READY;
		});
		const behind = m.waiter("last", 9, 0, { cancel: () => {} });
		m.spawnDetached(killer());
		handles.push(m.spawn(behind()) as never);
		m.run();
		// "last" had not been polled in this round: its poll is its cancellation. "before" comes in the next.
		expect(m.trace).toEqual(["poll before", "poll killer", "cancel last", "cancel before"]);
		expect(handles.map((handle) => handle.take())).toEqual([m.CANCELLED, m.CANCELLED]);
		m.checkInvariants();
	});
});

describe("exceptions", () => {
	test("a task that throws ends alone, and its slot can be used again", () => {
		let fail = true;
		const task = m.scripted("bad", () => {
			if (fail) throw new Error("bad");
			return READY;
		});
		const good = m.spawn(m.waiter("good", 1, "good")());
		const bad = m.spawn(task());
		m.sim.after(1, () => m.wake(good.id));
		m.run();
		expect(bad.failed).toBe(true);
		expect(good.take()).toBe("good");
		fail = false;
		m.spawn(task(), bad);
		m.run();
		expect(outcomeOf(bad)).toEqual({ status: READY, value: undefined });
		m.checkInvariants();
	});

	test("an exception that nobody waits for is shown on the console, with the task's name", () => {
		const bad = (name: string) =>
			m.scripted(name, () => {
				throw new RangeError("too far");
			});
		m.spawnDetached(bad("detached")());
		m.spawn(bad("handled")());
		m.run();
		const report = (name: string) =>
			'stator: task "' + name + '" ended with an exception that nobody waits for:\n  RangeError: too far';
		expect(m.trace).toEqual(["poll detached", report("detached"), "poll handled", report("handled")]);
		expect(m.table.liveCount).toBe(0);
		m.checkInvariants();
	});

	test("an exception that a joiner waits for, or that run throws, is not", () => {
		const handle = m.spawn(
			m.scripted("task", (_id, turn) => {
				if (turn === 0) return PENDING;
				throw "joined";
			})(),
		);
		const join = handle.join();
		m.spawnDetached(m.scripted("joiner", (id) => join.poll(id))());
		m.runFor(2);
		m.wake(handle.id);
		m.run();
		const root = m.scripted("root", () => {
			throw "root";
		});
		expect(() => m.run(root())).toThrow("root");
		expect(m.trace).toEqual(["poll task", "poll joiner", "poll task", "poll joiner", "poll root"]);
	});

	test.each([
		["nothing", undefined],
		["a symbol", Symbol("thrown")],
		["an object without toString", Object.create(null)],
		[
			"an object whose toString throws",
			{
				toString() {
					throw new Error("in toString");
				},
			},
		],
	])("a task may throw %s: it ends alone all the same", (_what, thrown) => {
		const bad = m.spawn(
			m.scripted("bad", () => {
				throw thrown;
			})(),
		);
		const good = m.spawn(m.waiter("good", 0, "good")());
		m.run();
		expect(bad.failed).toBe(true);
		expect(bad.outcome === thrown).toBe(true);
		expect(good.take()).toBe("good");
		m.checkInvariants();
	});

	test("unwind that returns true is polled again in the same turn, before any other task", () => {
		const caught: unknown[] = [];
		const task = m.scripted(
			"task",
			(_id, turn) => {
				if (turn < 3) throw "error " + turn;
				return m.done("handled");
			},
			{
				unwind(error) {
					caught.push(error);
					return true;
				},
			},
		);
		const handle = m.spawn(task());
		m.spawnDetached(m.waiter("other", 0, 0)());
		expect(m.runFor(100)).toBe(2);
		expect(m.trace).toEqual(["poll task", "poll task", "poll task", "poll task", "poll other"]);
		expect(caught).toEqual(["error 0", "error 1", "error 2"]);
		expect(handle.take()).toBe("handled");
	});

	test("unwind that returns true may lead to a wait", () => {
		const task = m.scripted(
			"task",
			(_id, turn) => {
				if (turn === 0) throw "error";
				return turn === 1 ? PENDING : m.done("after");
			},
			{ unwind: () => true },
		);
		const handle = m.spawn(task());
		m.sim.after(5, () => m.wake(handle.id));
		m.run();
		expect(handle.take()).toBe("after");
		expect(m.sim.virtualTime()).toBe(5);
	});

	test("unwind that returns false lets the exception through", () => {
		const handle = m.spawn(
			m.scripted(
				"task",
				() => {
					throw "error";
				},
				{ unwind: () => false },
			)(),
		);
		m.run();
		expect(outcomeOf(handle)).toEqual({ threw: "error" });
		expect(m.trace.filter((line) => line === "poll task")).toHaveLength(1);
	});

	test("what unwind handled in a cancelled task's cleanup still ends in CANCELLED", () => {
		const task = m.scripted("task", (_id, turn) => (turn === 0 ? PENDING : READY), {
			cancel() {
				throw "in cleanup";
			},
			unwind: () => true,
		});
		const handle = m.spawn(task());
		m.runFor(1);
		handle.cancel();
		m.run();
		expect(m.trace).toEqual(["poll task", "cancel task", "poll task"]);
		expect(handle.take()).toBe(m.CANCELLED);
		m.checkInvariants();
	});
});
