/** The list of waiters: order, leaving from anywhere, and no entry in two places. A8. */
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { WaitEntry, WaitList } from "../../src/executor/wait-list.ts";
import { freshMachine, type Machine } from "./support/machine.ts";

type Module = typeof import("../../src/executor/wait-list.ts");

const SLOTS = 8;
let m: Machine;
let w: Module;
let list: WaitList;
let entries: WaitEntry[];
let ids: number[];

beforeEach(async () => {
	m = await freshMachine();
	w = await import("../../src/executor/wait-list.ts");
	list = w.createWaitList();
	const task = m.scripted("task", () => 1, { pool: SLOTS });
	ids = Array.from({ length: SLOTS }, () => m.spawnDetached(task()));
	m.runFor(SLOTS);
	entries = ids.map(() => w.createWaitEntry());
});

/** Its entries, read both ways. */
function members(of: WaitList): number[] {
	const forward: number[] = [];
	for (let entry = of.first; entry !== undefined; entry = entry.next) {
		expect(entry.list).toBe(of);
		forward.push(entries.indexOf(entry));
	}
	const backward: number[] = [];
	for (let entry = of.last; entry !== undefined; entry = entry.previous) backward.push(entries.indexOf(entry));
	expect(backward.reverse()).toEqual(forward);
	return forward;
}

describe("a wait list", () => {
	test("an empty one wakes nobody", () => {
		expect(w.wakeFirst(list)).toBe(false);
		w.wakeAll(list);
		expect(m.sim.readySlots()).toEqual([]);
	});

	test("wakes in the order in which the waiters came, each once, and lets go of them", () => {
		for (const i of [3, 0, 5]) w.enlist(list, entries[i], ids[i]);
		expect(members(list)).toEqual([3, 0, 5]);
		expect(w.wakeFirst(list)).toBe(true);
		expect(m.sim.readySlots()).toEqual([3]);
		expect(members(list)).toEqual([0, 5]);
		w.wakeAll(list);
		expect(m.sim.readySlots()).toEqual([3, 0, 5]);
		expect(members(list)).toEqual([]);
		expect(w.wakeFirst(list)).toBe(false);
		for (const i of [3, 0, 5])
			expect(entries[i]).toMatchObject({ list: undefined, next: undefined, previous: undefined });
	});

	test("who waits already keeps its place, and only renews its waker", () => {
		w.enlist(list, entries[0], ids[0]);
		w.enlist(list, entries[1], ids[1]);
		w.enlist(list, entries[0], ids[7]);
		expect(members(list)).toEqual([0, 1]);
		w.wakeAll(list);
		expect(m.sim.readySlots()).toEqual([7, 1]);
	});

	test.each([
		["first", 0],
		["middle", 1],
		["last", 2],
	])("the %s leaves, any number of times, and comes back at the end", (_where, leaver) => {
		for (const i of [0, 1, 2]) w.enlist(list, entries[i], ids[i]);
		for (let i = 0; i < 3; i++) w.delist(entries[leaver]);
		const others = [0, 1, 2].filter((i) => i !== leaver);
		expect(members(list)).toEqual(others);
		w.enlist(list, entries[leaver], ids[leaver]);
		expect(members(list)).toEqual([...others, leaver]);
	});

	test("the only one leaves", () => {
		w.enlist(list, entries[0], ids[0]);
		w.delist(entries[0]);
		expect([list.first, list.last]).toEqual([undefined, undefined]);
	});

	test("F2: a waker that has become stale is taken out and wakes nobody", () => {
		w.enlist(list, entries[0], ids[0]);
		w.enlist(list, entries[1], ids[1]);
		m.cancel(ids[0]);
		m.runFor(1);
		expect(w.wakeFirst(list)).toBe(true);
		expect(m.sim.readySlots()).toEqual([]);
		expect(members(list)).toEqual([1]);
	});

	test("A8: random joining, leaving and waking over two lists agrees with arrays", () => {
		const operation = fc.tuple(
			fc.constantFrom("enlist", "delist", "wakeFirst", "wakeAll"),
			fc.integer({ min: 0, max: 1 }),
			fc.integer({ min: 0, max: SLOTS - 1 }),
		);
		fc.assert(
			fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
				const lists = [w.createWaitList(), w.createWaitList()];
				const model: number[][] = [[], []];
				for (const entry of entries) w.delist(entry);
				for (const [what, which, i] of operations) {
					if (what === "enlist") {
						if (!model[1 - which].includes(i)) {
							w.enlist(lists[which], entries[i], ids[i]);
							if (!model[which].includes(i)) model[which].push(i);
						}
					} else if (what === "delist") {
						w.delist(entries[i]);
						for (const k of [0, 1]) model[k] = model[k].filter((other) => other !== i);
					} else if (what === "wakeFirst") expect(w.wakeFirst(lists[which])).toBe(model[which].shift() !== undefined);
					else {
						w.wakeAll(lists[which]);
						model[which] = [];
					}
					expect(lists.map(members)).toEqual(model);
				}
			}),
		);
	});
});
