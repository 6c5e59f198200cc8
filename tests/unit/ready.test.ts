/**
 * The simulated machine's ready set (hal/sim/ready.ts) against the description of native/abi/ready.h, written down as
 * plainly as it can be. tests/native/ready.test.ts compares it with the C code, operation by operation. E5, F2, M1.
 */
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { ReadySet, SLOT_BITS } from "../../hal/sim/ready.ts";

const SLOTS = 70;

/** What stands in ready.h: what is woken collects; a round takes it and empties it by level, then by slot. */
class Reference {
	collected: number[] = [];
	round: number[] = [];
	under = false;
	levels = Array<number>(SLOTS).fill(1);
	generations = Array<number>(SLOTS).fill(0);
	/** Level and word of 32 slots of the last poll of the round. */
	at = [0, 0];

	id = (slot: number) => this.generations[slot] * 2 ** SLOT_BITS + slot;

	wake(id: number): boolean {
		const slot = id % 2 ** SLOT_BITS;
		if (id < 0 || slot >= SLOTS || this.id(slot) !== id) return false;
		if (!this.collected.includes(slot)) this.collected.push(slot);
		return true;
	}

	begin(): void {
		if (this.under && this.round.length > 0) return;
		this.under = true;
		this.round = this.collected;
		this.collected = [];
		this.at = [0, 0];
	}

	next(): number {
		if (!this.under) return -1;
		this.round.sort((a, b) => this.levels[a] - this.levels[b] || a - b);
		const slot = this.round.shift();
		if (slot === undefined) {
			this.under = false;
			return -1;
		}
		this.at = [this.levels[slot], slot >> 5];
		return slot;
	}

	retire(slot: number): number {
		this.generations[slot] = (this.generations[slot] + 1) % 2 ** (31 - SLOT_BITS);
		this.collected = this.collected.filter((other) => other !== slot);
		this.round = this.round.filter((other) => other !== slot);
		return this.id(slot);
	}

	level(slot: number, level: number): void {
		this.levels[slot] = level;
		const [atLevel, atWord] = this.at;
		if (this.round.includes(slot) && (level < atLevel || (level === atLevel && slot >> 5 < atWord))) {
			this.round = this.round.filter((other) => other !== slot);
			if (!this.collected.includes(slot)) this.collected.push(slot);
		}
	}

	any = () => this.collected.length > 0 || this.round.length > 0;
}

const slot = fc.integer({ min: 0, max: SLOTS - 1 });
const operation = fc.oneof(
	{ weight: 6, arbitrary: fc.tuple(fc.constant("wake" as const), slot, fc.constant(0)) },
	{ weight: 1, arbitrary: fc.tuple(fc.constant("stale" as const), slot, fc.integer({ min: 1, max: 3 })) },
	{ weight: 2, arbitrary: fc.tuple(fc.constant("begin" as const), fc.constant(0), fc.constant(0)) },
	{ weight: 6, arbitrary: fc.tuple(fc.constant("next" as const), fc.constant(0), fc.constant(0)) },
	{ weight: 1, arbitrary: fc.tuple(fc.constant("retire" as const), slot, fc.constant(0)) },
	{ weight: 2, arbitrary: fc.tuple(fc.constant("level" as const), slot, fc.integer({ min: 0, max: 2 })) },
);

describe("the ready set", () => {
	test("agrees with its description on random programs", () => {
		fc.assert(
			fc.property(fc.array(operation, { maxLength: 300, size: "max" }), (operations) => {
				const set = new ReadySet();
				const reference = new Reference();
				set.grow(SLOTS);
				for (let i = 0; i < SLOTS; i++) set.setLevel(i, 1);
				for (const [what, index, number] of operations) {
					const id = reference.id(index);
					if (what === "wake") expect(set.wake(id)).toBe(reference.wake(id));
					else if (what === "stale") expect(set.wake(id + number * 2 ** SLOT_BITS)).toBe(false);
					else if (what === "begin") {
						set.begin();
						reference.begin();
					} else if (what === "next") expect(set.next()).toBe(reference.next());
					else if (what === "retire") expect(set.retire(index)).toBe(reference.retire(index));
					else {
						set.setLevel(index, number);
						reference.level(index, number);
					}
					expect(set.any()).toBe(reference.any());
				}
			}),
			{ numRuns: 300 },
		);
	});

	let set: ReadySet;
	beforeEach(() => {
		set = new ReadySet();
		set.grow(SLOTS);
		for (let i = 0; i < SLOTS; i++) set.setLevel(i, 1);
	});
	const drain = () => {
		const slots = [];
		for (let next = set.next(); next >= 0; next = set.next()) slots.push(next);
		return slots;
	};

	test("without slots it refuses every wake and has nothing", () => {
		const empty = new ReadySet();
		for (const id of [0, 1, -1, 31, 0x7fffffff]) expect(empty.wake(id)).toBe(false);
		empty.begin();
		expect([empty.any(), empty.next()]).toEqual([false, -1]);
	});

	test("E5: what is woken during a round is polled in the next", () => {
		for (const i of [40, 3]) set.wake(set.id(i));
		set.begin();
		expect(set.next()).toBe(3);
		for (const i of [3, 0, 69]) set.wake(set.id(i));
		expect(drain()).toEqual([40]);
		set.begin();
		expect(drain()).toEqual([0, 3, 69]);
		expect(set.any()).toBe(false);
	});

	test("a round under way is not begun anew", () => {
		for (const i of [1, 2]) set.wake(set.id(i));
		set.begin();
		expect(set.next()).toBe(1);
		set.wake(set.id(0));
		set.begin();
		expect(drain()).toEqual([2]);
	});

	test("a round whose last slot was retired has ended", () => {
		for (const i of [1, 2]) set.wake(set.id(i));
		set.begin();
		expect(set.next()).toBe(1);
		set.wake(set.id(0));
		set.retire(2);
		set.begin();
		expect(drain()).toEqual([0]);
	});

	test("F2: retiring takes the slot out of this round and the next, and makes its id stale", () => {
		const id = set.id(5);
		set.wake(id);
		set.begin();
		set.wake(id);
		expect(set.retire(5)).toBe(id + 2 ** SLOT_BITS);
		expect([set.any(), set.wake(id), set.any()]).toEqual([false, false, false]);
		expect(set.wake(set.id(5))).toBe(true);
	});

	test("F2: generations count round within 31 bits", () => {
		for (let i = 0; i < 2 ** (31 - SLOT_BITS) - 1; i++) set.retire(69);
		expect(set.id(69)).toBe(0x7fffffff - 2 ** SLOT_BITS + 1 + 69);
		expect(set.retire(69)).toBe(69);
	});

	test("growing keeps what is ready, taken, levelled and counted", () => {
		set.setLevel(7, 0);
		set.retire(9);
		for (const i of [7, 9, 11]) set.wake(set.id(i));
		set.begin();
		expect(set.next()).toBe(7);
		set.wake(set.id(7));
		set.grow(10);
		set.grow(1000);
		for (let i = SLOTS; i < 1000; i++) set.setLevel(i, 1);
		set.wake(set.id(999));
		expect(drain()).toEqual([9, 11]);
		set.begin();
		expect(drain()).toEqual([7, 999]);
		expect(set.wakes).toBe(5);
	});
});
