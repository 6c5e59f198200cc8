/**
 * The policies "priority" and "deadline" of native/xs/ready-priority.c and ready-deadline.c in TypeScript, for Node: the same order, by
 * looking at every ready slot. A round is one poll, so that the loop looks at time and due bits after each.
 */
import { LEVELS, Slots } from "./ready.ts";

abstract class OnePoll extends Slots {
	private begun = false;

	begin(): void {
		this.begun = true;
	}

	next(): number {
		if (!this.begun) return -1;
		this.begun = false;
		const slot = this.first();
		if (slot >= 0) this.ready.delete(slot);
		return slot;
	}

	/** The ready slot that is polled next; -1: none is ready. */
	protected abstract first(): number;
}

/** The highest level that is ready; its slots in turn, beginning behind the one that was polled last. */
export class ReadyByPriority extends OnePoll {
	private readonly begins = new Array<number>(LEVELS).fill(0);

	protected first(): number {
		for (let level = 0; level < LEVELS; level++) {
			const slots = [...this.ready].filter((slot) => this.levels[slot] === level).sort((a, b) => a - b);
			if (slots.length === 0) continue;
			const slot = slots.find((candidate) => candidate >= this.begins[level]) ?? slots[0];
			this.begins[level] = slot + 1 < this.slots ? slot + 1 : 0;
			return slot;
		}
		return -1;
	}
}

interface Of {
	deadline: number | undefined;
	/** Set for this tenancy: wakes change nothing. */
	fixed: boolean;
	afterWake: number;
	/** Its place in the order of wakes; -1: not taken up yet. */
	order: number;
}

/** The earliest deadline; then those without, by level; then the order of wakes. */
export class ReadyByDeadline extends OnePoll {
	private readonly now: () => number;
	private readonly of: Of[] = [];
	private orders = 0;

	constructor(now: () => number) {
		super();
		this.now = now;
	}

	override grow(slots: number): void {
		for (let slot = this.slots; slot < slots; slot++)
			this.of[slot] = { deadline: undefined, fixed: false, afterWake: 0, order: -1 };
		super.grow(slots);
	}

	protected first(): number {
		for (const slot of [...this.ready].sort((a, b) => a - b)) {
			const of = this.of[slot];
			if (of.order >= 0) continue;
			of.order = this.orders++;
			if (!of.fixed && of.afterWake > 0) of.deadline = (this.now() + of.afterWake) | 0;
		}
		let first = -1;
		for (const slot of this.ready) if (first < 0 || this.before(slot, first)) first = slot;
		if (first >= 0) this.of[first].order = -1;
		return first;
	}

	private before(one: number, other: number): boolean {
		const [a, b] = [this.of[one], this.of[other]];
		const rank = (slot: number): number => (this.of[slot].deadline === undefined ? 1 + this.levels[slot] : 0);
		if (rank(one) !== rank(other)) return rank(one) < rank(other);
		if (a.deadline !== undefined && b.deadline !== undefined && a.deadline !== b.deadline)
			return ((a.deadline - b.deadline) | 0) < 0;
		return a.order < b.order;
	}

	override retire(slot: number): number {
		const { afterWake } = this.of[slot];
		this.of[slot] = { deadline: undefined, fixed: false, afterWake, order: -1 };
		return super.retire(slot);
	}

	override setDeadline(slot: number, tick: number | undefined): boolean {
		this.of[slot].deadline = tick === undefined ? undefined : tick | 0;
		this.of[slot].fixed = true;
		return true;
	}

	override setAfterWake(slot: number, ticks: number): boolean {
		this.of[slot].afterWake = ticks;
		return true;
	}

	override deadline(slot: number): number | undefined {
		return this.of[slot].deadline;
	}
}
