/** N6, M1: in which order ready tasks are polled, by the executor's policy; deadlines; bad names. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { beforeEach, describe, expect, test } from "vitest";
import { findApp } from "../../tools/app.ts";
import { freshMachine, type Machine, PENDING } from "./support/machine.ts";

let m: Machine;
beforeEach(async () => {
	m = await freshMachine();
});

/** A task that notes each poll and is ready again so many times. */
function turns(name: string, times: number, more: object = {}) {
	return m.scripted(name, (id, turn) => (turn < times ? m.again(id) : m.done(name)), more);
}

describe("N6 priority", () => {
	beforeEach(() => m.sim.policy("priority"));

	test("one level has turns round and round, a higher one goes before it at once", () => {
		const high = m.scripted("high", () => m.done(), { priority: "high" });
		const [a, b] = [turns("a", 2), turns("b", 2)];
		const caller = m.scripted("caller", (_id, turn) => {
			if (turn === 0) m.spawn(high());
			return m.done();
		});
		for (const task of [a, b, caller]) m.spawn(task());
		m.run();
		expect(m.trace.map((line) => line.slice(5))).toEqual(["a", "b", "caller", "high", "a", "b", "a", "b"]);
		m.checkInvariants();
	});

	test("E5 within a level: between two polls of one, every other that is ready has one", () => {
		const names = ["a", "b", "c", "d"];
		for (const task of names.map((name) => turns(name, 20))) m.spawn(task());
		m.run();
		for (let i = 0; i + 4 <= 80; i += 4) expect(new Set(m.trace.slice(i, i + 4)).size).toBe(4);
	});

	test("a lower level starves while a higher one is ready; timers fire all the same", () => {
		let end = false;
		const low = m.spawn(m.scripted("low", () => m.done(), { priority: "low" })());
		const busy = m.scripted("busy", (id) => {
			if (end) return m.done();
			m.sim.spend(1);
			return m.again(id);
		});
		m.spawn(busy());
		const pause = m.sleep(5);
		const timer = (id: number) => {
			if (pause.poll(id) === PENDING) return PENDING;
			end = true;
			return m.done();
		};
		m.spawn(m.scripted("timer", timer, { priority: "high" })());
		m.run();
		expect(low.done).toBe(true);
		expect(m.trace.filter((line) => line === "poll low")).toHaveLength(1);
		expect(m.trace.at(-1)).toBe("poll low");
		expect(m.trace.length).toBeLessThan(15);
	});

	test("a priority may change while it is ready and while it waits, and is the pool's again at the end", () => {
		const low = m.scripted("low", (_id, turn) => (turn === 0 ? PENDING : m.done()), { priority: "low" });
		const handle = m.spawn(low());
		m.runFor(5, 0);
		m.spawn(turns("a", 1)());
		handle.priority = 0;
		m.wake(handle.id);
		m.run();
		expect(m.trace.slice(1).map((line) => line.slice(5))).toEqual(["low", "a", "a"]);
		const again = m.spawn(low());
		m.spawn(turns("b", 0)());
		again.priority = 0;
		again.priority = 2;
		m.trace.length = 0;
		m.runFor(5, 0);
		expect(m.trace).toEqual(["poll b", "poll low"]);
		again.cancel();
		m.run();
	});

	test("a budget is kept; cancelling and spawning in between disturb nobody", () => {
		const [a, b, c] = ["a", "b", "c"].map((name) => m.spawn(turns(name, 3)()));
		expect(m.runFor(4)).toBe(4);
		b.cancel();
		m.run();
		expect([a.done, b.take(), c.done]).toEqual([true, m.CANCELLED, true]);
		m.checkInvariants();
	});
});

describe("N6 deadline", () => {
	beforeEach(() => m.sim.policy("deadline"));

	const one = (name: string, more: object = {}) => m.scripted(name, () => m.done(), more);
	const order = () => m.trace.map((line) => line.slice(5));

	test("the earliest first, over the clock's wrap; without one by level, then in turn", () => {
		m.sim.shift(0x7ffffffa);
		m.spawn(one("low", { priority: "low" })());
		m.spawn(one("x")());
		m.spawn(one("y")());
		const late = m.spawn(one("late")());
		const soon = m.spawn(one("soon", { priority: "low" })());
		m.setDeadline(late, (m.now() + 20) | 0);
		m.setDeadline(soon.id, (m.now() + 3) | 0);
		m.spawn(one("ten", { deadline: 10 })());
		m.run();
		expect(order()).toEqual(["soon", "ten", "late", "x", "y", "low"]);
	});

	test("counted from each wake; one that is set holds until the task ends", () => {
		const far = m.scripted("far", (_id, turn) => (turn < 2 ? PENDING : m.done()), { deadline: 100 });
		const near = m.scripted("near", (_id, turn) => (turn < 2 ? PENDING : m.done()), { deadline: 10 });
		const [f, n] = [m.spawn(far()), m.spawn(near())];
		m.runFor(5, 0);
		expect(order()).toEqual(["near", "far"]);
		expect([m.deadlineOf(n), m.deadlineOf(f)]).toEqual([10, 100]);
		m.setDeadline(f, 5);
		m.sim.spend(50);
		for (const id of [f.id, n.id]) m.wake(id);
		m.runFor(5, 0);
		expect(order().slice(2)).toEqual(["far", "near"]);
		expect([m.deadlineOf(n), m.deadlineOf(f)]).toEqual([60, 5]);
		for (const id of [f.id, n.id]) m.wake(id);
		m.run();
		expect(m.deadlineOf(f)).toBeUndefined();
		expect(m.setDeadline(f, 1)).toBe(m.ESRCH);
		m.spawn(far());
		m.spawn(near());
		m.trace.length = 0;
		m.runFor(5, 0);
		expect(order()).toEqual(["near", "far"]);
	});

	test("may change while it is ready, by itself and by others", () => {
		const later = (id: number, turn: number) => {
			if (turn > 0) return m.done();
			m.setDeadline(id, 90);
			return m.again(id);
		};
		const a = m.spawn(m.scripted("a", later)());
		const b = m.spawn(one("b")());
		const c = m.spawn(one("c")());
		m.setDeadline(a, 1);
		m.setDeadline(b, 50);
		m.setDeadline(c, 40);
		m.setDeadline(c, undefined);
		m.run();
		expect(order()).toEqual(["a", "b", "a", "c"]);
	});

	test("a deadline that is none, refused with the task's name", () => {
		for (const deadline of [0, -1, 1.5, Number.NaN, 2 ** 31])
			expect(() => one("bad", { deadline })).toThrow(/task "bad": deadline must be a whole number/);
	});
});

test("N6 deadlines in an executor of another policy throw", () => {
	const handle = m.spawn(m.scripted("a", () => PENDING)());
	expect(() => m.setDeadline(handle, 5)).toThrow(/policy "deadline"/);
	expect(() => m.deadlineOf(handle)).toThrow(/policy "deadline"/);
	expect(() => m.scripted("b", () => PENDING, { deadline: 5 })).toThrow(/policy "deadline"/);
	expect(() => m.sim.policy("priority")).toThrow(/declared already/);
});

test("N6 a policy that is none is refused: where, what there is", () => {
	const folder = mkdtempSync(tmpdir() + "/stator-policy-");
	try {
		writeFileSync(folder + "/main.ts", "");
		const manifest = (stator: unknown) => writeFileSync(folder + "/manifest.json", JSON.stringify({ stator }));
		manifest({ policy: "edf" });
		expect(() => findApp(folder)).toThrow(
			/manifest\.json: stator\.policy is "fair", "priority", "deadline", not "edf"/,
		);
		const level = { vector: 20, priority: 2, main: "./main" };
		manifest({ levels: { motor: { ...level, policy: "priorty" } } });
		expect(() => findApp(folder)).toThrow(/stator\.levels\.motor\.policy is .*, not "priorty"/);
		manifest({ policy: "priority", levels: { motor: { ...level, policy: "deadline" } } });
		expect(findApp(folder)).toMatchObject({ policy: "priority", levels: [{ policy: "deadline" }] });
	} finally {
		rmSync(folder, { recursive: true });
	}
	expect(() => m.sim.policy("edf" as "fair")).toThrow(/"fair", "priority" or "deadline"/);
});
