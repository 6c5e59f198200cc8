/**
 * The ready set of native/abi/ready.h in TypeScript, for Node: the same rounds, levels and generations, bit by bit, so
 * that traces agree with those of the devices. tests/unit/ready.test.ts compares it with the C code's description.
 */

export const SLOT_BITS = 17;
export const SLOT_MASK = (1 << SLOT_BITS) - 1;
const GENERATION_MASK = 0x7fffffff >>> SLOT_BITS;
export const LEVELS = 3;

/** What the policies have in common: native/abi/ready.h. */
export interface Ready {
	readonly slots: number;
	readonly wakes: number;
	grow(slots: number): void;
	id(slot: number): number;
	wake(id: number): boolean;
	any(): boolean;
	begin(): void;
	next(): number;
	retire(slot: number): number;
	setLevel(slot: number, level: number): void;
	/** False: this policy knows no deadlines. `tick` undefined: none. */
	setDeadline(slot: number, tick: number | undefined): boolean;
	setAfterWake(slot: number, ticks: number): boolean;
	/** null: this policy knows no deadlines. */
	deadline(slot: number): number | undefined | null;
	isReady(slot: number): boolean;
	readySlots(): number[];
}

/** Slots with their generations and levels, and which of them are ready; in what order they are polled is the policy's. */
export abstract class Slots implements Ready {
	slots = 0;
	wakes = 0;
	protected ready = new Set<number>();
	protected readonly levels: number[] = [];
	private readonly generations: number[] = [];

	grow(slots: number): void {
		for (let slot = this.slots; slot < slots; slot++) {
			this.levels[slot] = -1;
			this.generations[slot] = 0;
		}
		this.slots = Math.max(this.slots, slots);
	}

	id(slot: number): number {
		return (this.generations[slot] << SLOT_BITS) | slot;
	}

	wake(id: number): boolean {
		const slot = id & SLOT_MASK;
		if (slot >= this.slots || this.generations[slot] !== id >>> SLOT_BITS) return false;
		this.wakes++;
		this.ready.add(slot);
		return true;
	}

	any(): boolean {
		return this.ready.size > 0;
	}

	abstract begin(): void;

	abstract next(): number;

	retire(slot: number): number {
		this.generations[slot] = (this.generations[slot] + 1) & GENERATION_MASK;
		this.ready.delete(slot);
		return this.id(slot);
	}

	setLevel(slot: number, level: number): void {
		this.levels[slot] = level;
	}

	setDeadline(_slot: number, _tick: number | undefined): boolean {
		return false;
	}

	setAfterWake(_slot: number, _ticks: number): boolean {
		return false;
	}

	deadline(_slot: number): number | undefined | null {
		return null;
	}

	/** Whether a slot would be polled, for invariants. */
	isReady(slot: number): boolean {
		return this.ready.has(slot);
	}

	/** Every slot that would be polled, for invariants. */
	readySlots(): number[] {
		return [...this.ready];
	}
}

/** Rounds: the policy "fair". */
export class ReadySet extends Slots {
	private taken = new Set<number>();
	/** Where the round stands: slots at `level` below `slot` have been passed. LEVELS: no round under way. */
	private level = LEVELS;
	private slot = 0;

	override any(): boolean {
		return super.any() || this.taken.size > 0;
	}

	begin(): void {
		if (this.level < LEVELS && this.taken.size > 0) return;
		this.taken = this.ready;
		this.ready = new Set();
		this.level = 0;
		this.slot = 0;
	}

	next(): number {
		while (this.level < LEVELS) {
			let first = -1;
			for (const slot of this.taken) if (this.levels[slot] === this.level && (first < 0 || slot < first)) first = slot;
			if (first >= 0) {
				this.taken.delete(first);
				this.slot = first;
				return first;
			}
			this.level++;
			this.slot = 0;
		}
		return -1;
	}

	override retire(slot: number): number {
		this.taken.delete(slot);
		return super.retire(slot);
	}

	override setLevel(slot: number, level: number): void {
		super.setLevel(slot, level);
		const passed = level < this.level || (level === this.level && slot >>> 5 < this.slot >>> 5);
		if (this.taken.has(slot) && passed) {
			this.taken.delete(slot);
			this.ready.add(slot);
		}
	}

	override isReady(slot: number): boolean {
		return super.isReady(slot) || this.taken.has(slot);
	}

	override readySlots(): number[] {
		return [...super.readySlots(), ...this.taken];
	}
}
