/** N3, M16: parents and children. A group's children end with it, in whatever way it is left. */
import { beforeEach, expect, test } from "vitest";
import { freshMachine, type Machine, outcomeOf, PENDING, READY } from "./support/machine.ts";

let m: Machine;
beforeEach(async () => {
	m = await freshMachine();
});

interface Wait {
	poll(id: number): number;
	take(): unknown;
	drop(): void;
}

/** A task that waits for one thing. */
function waiter(begin: () => Wait) {
	return m.spawn(
		m.pollTask<[], unknown>({ name: "parent" }, () => {
			let wait: Wait | undefined;
			return {
				poll(id) {
					wait ??= begin();
					return wait.poll(id) === PENDING ? PENDING : m.done(wait.take());
				},
				cancel: () => wait?.drop(),
			};
		})(),
	);
}

/** Waits until it is cancelled or asked to stop; notes which. */
const child = (pool = 4) =>
	m.scripted(
		"child",
		() => {
			if (!m.stopRequested()) return PENDING;
			m.trace.push("stopped");
			return m.done("stopped");
		},
		{ pool, cancel: () => READY },
	);
const failing = (pool = 1) =>
	m.scripted(
		"failing",
		(_id, turn) => {
			if (turn === 0) return PENDING;
			throw new RangeError("child");
		},
		{ pool, cancel: () => READY },
	);

test("join waits for all; handles keep the outcomes; the group is used again", () => {
	const group = new m.TaskGroup(2);
	const work = m.waiter("work", 1, 7, { pool: 2 });
	for (let round = 0; round < 3; round++) {
		const [a, b] = [group.spawn(work()), group.spawn(work())];
		const parent = waiter(() => group.join());
		m.runFor(10, 0);
		expect([parent.done, group.count]).toEqual([false, 2]);
		m.wake(a.id);
		m.runFor(10, 0);
		expect([parent.done, group.count]).toEqual([false, 1]);
		m.wake(b.id);
		m.run();
		expect([parent.status, group.count, a.outcome, b.outcome]).toEqual([READY, 0, 7, 7]);
		m.checkInvariants();
	}
	const at = waiter(() => group.join());
	m.run();
	expect(at.status).toBe(READY);
});

test("a full group and a used-up pool: said which, the token is given back", () => {
	const group = new m.TaskGroup(1, { name: "workers" });
	const task = child(2);
	group.spawn(task());
	const free = m.freeSlots();
	expect(() => group.spawn(task())).toThrow(/TaskGroup "workers": all of its 1 children are alive; raise its size/);
	expect(group.trySpawn(task())).toBeUndefined();
	expect(m.freeSlots()).toBe(free);
	const single = child(1);
	const other = new m.TaskGroup(2);
	other.spawn(single());
	expect(() => other.spawn(single())).toThrow(/raise its option pool/);
	expect(other.trySpawn(single())).toBeUndefined();
	expect(() => other.spawn(12345)).toThrow(TypeError);
	expect(other.count).toBe(1);
	for (const of of [group, other]) of.cancel();
	m.run();
	m.checkInvariants();
	expect(other.spawn(single()).done).toBe(false);
	other.cancel();
	m.run();
	expect(() => new m.TaskGroup(0)).toThrow(RangeError);
	expect(() => new m.TaskGroup(2, { onFailure: "no" as "stop" })).toThrow(/onFailure must be/);
});

test("requestStop reaches every child, and those spawned before they have ended", () => {
	const group = new m.TaskGroup(3);
	const task = child();
	group.requestStop(); // nobody is there: it means nothing for who comes later
	group.spawn(task());
	group.spawn(task());
	m.runFor(10, 0);
	expect(m.trace).toEqual(["poll child", "poll child"]);
	group.requestStop();
	const late = group.spawn(task());
	m.run();
	expect(m.trace.filter((line) => line === "stopped")).toHaveLength(3);
	expect(late.outcome).toBe("stopped");
	const next = group.spawn(task());
	expect(m.stopRequested(next.id)).toBe(false);
	next.cancel();
	m.run();
});

test("cancel and close; no new child meanwhile", () => {
	const group = new m.TaskGroup(3);
	const task = child();
	const handles = [group.spawn(task()), group.spawn(task())];
	m.runFor(10, 0);
	const parent = waiter(() => group.close());
	m.runFor(1);
	expect(() => group.spawn(task())).toThrow(/is being cancelled/);
	expect(group.trySpawn(task())).toBeUndefined();
	m.run();
	expect(handles.map((handle) => handle.take())).toEqual([m.CANCELLED, m.CANCELLED]);
	expect(outcomeOf(parent)).toEqual({ status: READY, value: undefined });
	m.checkInvariants();
});

test("using: leaving the block cancels them; on an empty group it does nothing", () => {
	const group = new m.TaskGroup(2);
	const handle = group.spawn(child()());
	{
		using _children = group;
	}
	expect(m.stateOf(handle.id)).toBe("CANCEL_ASKED");
	m.run();
	expect(handle.take()).toBe(m.CANCELLED);
	group[Symbol.dispose]();
	m.checkInvariants();
});

test("a parent that is cancelled in its join cancels its children; one that gives the wait up does not", () => {
	const group = new m.TaskGroup(2);
	const task = child();
	const handle = group.spawn(task());
	const late = waiter(() => m.withTimeout(group.join(), 5));
	m.runFor(10, 20);
	expect([late.outcome, handle.done]).toEqual([m.TIMEOUT, false]);
	const parent = waiter(() => m.withTimeout(group.join(), 50));
	m.runFor(10, 0);
	parent.cancel();
	m.run();
	expect([parent.take(), handle.take()]).toEqual([m.CANCELLED, m.CANCELLED]);
	expect(group.waiting.first).toBeUndefined();
	m.checkInvariants();
});

test.each([
	["stop", "stopped"],
	["cancel", "cancelled"],
	["continue", "left alone"],
] as const)(
	"a child that throws: the others, by onFailure %s, are %s; join throws the first",
	(onFailure, expected) => {
		const group = new m.TaskGroup(3, { onFailure });
		const other = group.spawn(child()());
		const bad = group.spawn(failing()());
		const parent = waiter(() => group.join());
		parent.silent = true;
		m.runFor(10, 0);
		m.wake(bad.id);
		m.runFor(20, 0);
		if (onFailure === "continue") {
			expect([other.done, parent.done]).toEqual([false, false]);
			other.cancel();
			m.run();
		}
		expect(String(parent.outcome)).toBe("RangeError: child");
		expect(other.done && (other.take() === m.CANCELLED ? "cancelled" : "stopped")).toBe(
			expected === "left alone" ? "cancelled" : expected,
		);
		// Asked for, so it is on the console for nobody, and gone when the group begins anew.
		expect(m.trace.filter((line) => line.startsWith("stator:"))).toEqual([]);
		expect(() => group.join().take()).toThrow(/child/);
		const again = group.spawn(child()());
		expect(group.failed).toBe(false);
		again.cancel();
		m.run();
		m.checkInvariants();
	},
);

test("failures that nobody asks for, and those behind the first, are on the console", () => {
	const group = new m.TaskGroup(2, { name: "pair", onFailure: "continue" });
	const task = failing(2);
	for (const handle of [group.spawn(task()), group.spawn(task())]) {
		m.runFor(10, 0);
		m.wake(handle.id);
	}
	m.run();
	const said = () => m.trace.filter((line) => line.startsWith("stator:"));
	expect(said()).toHaveLength(1);
	expect(said()[0]).toMatch(/"pair"[\s\S]*RangeError: child/);
	group[Symbol.dispose]();
	expect(said()).toHaveLength(2);
	expect(group.failed).toBe(false);
});

test("a child cannot wait for its own group", () => {
	const group = new m.TaskGroup(2);
	const own = group.spawn(
		m.pollTask<[], unknown>({ name: "own" }, () => {
			const wait = group.join();
			return { poll: (id) => (wait.poll(id) === PENDING ? PENDING : m.done()) };
		})(),
	);
	m.run();
	expect(String(own.outcome)).toMatch(/a child cannot wait for the end of its own group/);
});

test("M16 a child may end, be cancelled or be asked in each state, and the group counts right", () => {
	const group = new m.TaskGroup(4);
	const task = child();
	const waiting = group.spawn(task());
	m.runFor(10, 0);
	const ready = group.spawn(task());
	ready.cancel();
	waiting.requestStop();
	waiting.cancel();
	const both = group.spawn(task());
	both.requestStop();
	group.cancel();
	group.cancel();
	group.requestStop();
	expect(group.count).toBe(3);
	m.run();
	expect(group.count).toBe(0);
	expect([waiting, ready, both].map((handle) => handle.take())).toEqual([m.CANCELLED, m.CANCELLED, m.CANCELLED]);
	m.checkInvariants();
});
