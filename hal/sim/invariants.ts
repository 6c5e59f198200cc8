/**
 * The invariants of docs/SPEC.md, section 1, checked between any two steps of a seeded run: after each poll, before and after each
 * sleep, at the beginning of each round. A check looks at the executor's own tables and at the simulated machine, changes nothing,
 * and throws Broken with the invariant's name. O(slots + waits + timers + messages).
 */
import type { TaskId } from "../hal.ts";
import type { WakerLists } from "./interrupts.ts";
import type { MessageTables } from "./messages.ts";
import { type Ready, SLOT_BITS, SLOT_MASK } from "./ready.ts";
import { INTERRUPT, type List, type ListEntry, QUEUE, RING, TICK, TIMER, type Waits } from "./waits.ts";
import type { TimerEntry, WheelState } from "./wheel.ts";

/** Names of the invariants: what a failure is called, and what --skip takes. */
export const INVARIANTS = [
	"one set",
	"slots conserve",
	"ready lives",
	"generations",
	"live count",
	"handles",
	"asked to end",
	"waits",
	"lost wake",
	"wait lists",
	"dead waits",
	"timers",
	"alarm",
	"interrupts",
	"messages conserve",
	"idle",
	"nothing left",
] as const;

export type InvariantName = (typeof INVARIANTS)[number];

export class Broken extends Error {
	readonly invariant: string;

	constructor(invariant: string, message: string) {
		super(message);
		this.invariant = invariant;
	}
}

/** The executor's tables, as `started` gives them. */
export interface Tables {
	states: readonly number[];
	pools: readonly { name: string; size: number; base: number; head: number; tail: number }[];
	handles: readonly ({ id: TaskId; status: number } | undefined)[];
}

/** What is looked at. */
export interface View {
	readonly set: Ready;
	readonly waits: Waits;
	readonly timers: readonly TimerEntry[];
	/** Of the wheels that the program drives. */
	readonly tickTimers: readonly TimerEntry[];
	readonly ringWaits: readonly { ring: { name: string; waiting: readonly unknown[] } | undefined; waker: TaskId }[];
	readonly interrupts: WakerLists;
	readonly messages: MessageTables;
	wheel(): WheelState;
	now(): number;
	due(): number;
	/** The tick of the timers' alarm. */
	timersAlarm(): number | undefined;
}

// As src/executor/table.ts has them.
const END = -1;
const CLAIMED = 0;
const CANCEL_ASKED = 2;
const STATE = 3;
const PENDING = 1;
const DUE_TIMERS = 1;

const GENERATIONS = (0x7fffffff >>> SLOT_BITS) + 1;

export class Invariants {
	tables: Tables | undefined;
	/** The executor's count of living tasks, where it can be asked for. */
	liveCount: (() => number) | undefined;
	/** Tasks may be woken by what is not seen here: a program with wakes of its own, or with promises. */
	hiddenWaits = false;
	private readonly view: View;
	private readonly skipped: ReadonlySet<string>;
	private readonly generations: number[] = [];
	private readonly lived: boolean[] = [];
	private readonly listed: boolean[] = [];

	constructor(view: View, skipped: readonly string[]) {
		for (const name of skipped)
			if (!(INVARIANTS as readonly string[]).includes(name))
				throw new RangeError('there is no invariant "' + name + '"; they are: ' + INVARIANTS.join(", "));
		this.view = view;
		this.skipped = new Set(skipped);
	}

	/** Whether a slot has a tenant that was spawned. */
	lives(slot: number): boolean {
		const state = this.tables?.states[slot];
		return state !== undefined && state >= 0 && (state & STATE) !== CLAIMED;
	}

	/** Whether an id names a task that was spawned and has not ended. */
	isAlive(id: TaskId): boolean {
		return id >= 0 && this.view.set.id(id & SLOT_MASK) === id && this.lives(id & SLOT_MASK);
	}

	/** The name of a slot's task. */
	nameOf(slot: number): string {
		const pool = this.tables?.pools.find(({ base, size }) => slot >= base && slot < base + size);
		if (pool === undefined) return "slot " + slot;
		return pool.size === 1 ? pool.name : pool.name + " (" + (slot - pool.base) + ")";
	}

	/** All that hold at any time. */
	check(): void {
		this.slots();
		this.lists();
		this.wheel();
		this.interrupts();
		this.messages();
	}

	/** Just before the processor would sleep. */
	checkIdle(): void {
		const ready = this.view.set.readySlots();
		if (ready.length !== 0) this.broken("idle", this.nameOf(ready[0]) + " is ready, and the executor goes to sleep");
		if (!(this.view.due() === 0)) this.broken("idle", "something is due, and the executor goes to sleep");
		this.allWait();
	}

	/** A slot's task was polled and waits: in waits that this poll asked for, and in one at least. */
	checkWaits(slot: number): void {
		const { set, waits } = this.view;
		const id = set.id(slot);
		let found = waits.stillUntilStop(id) ? 1 : 0;
		for (const { waker, renewed, what } of this.allWaits()) {
			if (waker !== id) continue;
			found++;
			if (renewed !== waits.poll)
				this.broken(
					"waits",
					this.nameOf(slot) +
						" is still in " +
						what() +
						", which its last poll did not ask for: a wait was left behind",
				);
		}
		if (found === 0 && this.seesAll() && !set.isReady(slot)) this.waitsInVain(slot);
	}

	/** Before a sleep: every task that lives is in a wait. */
	private allWait(): void {
		if (!this.seesAll() || this.tables === undefined) return;
		const waiting = new Set<TaskId>();
		for (const { waker } of this.view.waits.stops.values()) waiting.add(waker);
		for (const { waker } of this.allWaits()) waiting.add(waker);
		for (let slot = 0; slot < this.tables.states.length; slot++)
			if (this.lives(slot) && !waiting.has(this.view.set.id(slot))) this.waitsInVain(slot);
	}

	private waitsInVain(slot: number): void {
		this.broken("waits", this.nameOf(slot) + " waits, but nothing is there that would wake it");
	}

	private seesAll(): boolean {
		return this.view.waits.seesLists && !this.hiddenWaits;
	}

	/** In which waits a task is: to be compared with a later answer. */
	waitsOf(id: TaskId): unknown[] {
		const found: unknown[] = [];
		for (const { waker, key } of this.allWaits()) if (waker === id) found.push(key);
		for (const [wait, { waker }] of this.view.waits.stops) if (waker === id) found.push(wait);
		return found;
	}

	/** A task that nobody had woken was polled, alone, while the executor would have slept. */
	checkNotMissed(slot: number, id: TaskId, before: readonly unknown[]): void {
		const after = this.isAlive(id) ? this.waitsOf(id) : undefined;
		const same = after !== undefined && after.length === before.length && before.every((key) => after.includes(key));
		if (!same)
			this.broken(
				"lost wake",
				this.nameOf(slot) + " could go on, and the executor would have slept: its wake was lost",
			);
	}

	/** Every wait of every task. */
	private *allWaits(): Iterable<{ waker: TaskId; renewed: number; key: unknown; what: () => string }> {
		const { waits, timers, interrupts, messages, ringWaits, tickTimers } = this.view;
		for (const entry of this.entries())
			yield { waker: entry.waker, renewed: waits.renewedIn(entry), key: entry, what: () => "a wait list" };
		for (let i = 0; i < timers.length; i++) {
			const { place, waker } = timers[i];
			const renewed = waits.numberRenewedIn(TIMER, i);
			if (place >= 0) yield { waker, renewed, key: timers[i], what: () => "timer " + i };
		}
		for (const wait of interrupts.waits) {
			if (wait.state !== "listed") continue;
			const renewed = waits.numberRenewedIn(INTERRUPT, wait.number);
			yield { waker: wait.waker, renewed, key: wait, what: () => "the list of interrupt source " + wait.source };
		}
		for (let i = 0; i < messages.waits.length; i++) {
			const { queue, waker } = messages.waits[i];
			if (queue === undefined) continue;
			const renewed = waits.numberRenewedIn(QUEUE, i);
			yield { waker, renewed, key: messages.waits[i], what: () => 'the waiting list of queue "' + queue.name + '"' };
		}
		for (let i = 0; i < ringWaits.length; i++) {
			const { ring, waker } = ringWaits[i];
			if (ring === undefined || !ring.waiting.includes(ringWaits[i])) continue;
			const renewed = waits.numberRenewedIn(RING, i);
			yield { waker, renewed, key: ringWaits[i], what: () => 'the waiting list of "' + ring.name + '"' };
		}
		for (let i = 0; i < tickTimers.length; i++) {
			const { place, waker } = tickTimers[i];
			const renewed = waits.numberRenewedIn(TICK, i);
			if (place >= 0)
				yield { waker, renewed, key: tickTimers[i], what: () => "timer " + i + " of those driven by tick()" };
		}
	}

	/** The program has ended, and no task is left. */
	checkEnd(): void {
		for (const { waker, what } of this.allWaits())
			this.broken("nothing left", this.nameOf(waker & SLOT_MASK) + " is still in " + what());
		const { messages } = this.view;
		for (const pool of messages.pools)
			for (const message of pool.messages)
				if (!(message.free || message.queue !== undefined))
					this.broken(
						"nothing left",
						"message " + message.number + ' of pool "' + pool.name + "\" is in nobody's hands, and not free",
					);
	}

	/** An id was retired: what `retire` gave. */
	checkRetired(before: TaskId, after: TaskId): void {
		if (
			!(
				(after & SLOT_MASK) === (before & SLOT_MASK) &&
				after >>> SLOT_BITS === ((before >>> SLOT_BITS) + 1) % GENERATIONS
			)
		)
			this.broken("generations", "the id after " + before + " is " + after);
	}

	/** A stale id was woken. */
	checkStaleWake(id: TaskId, accepted: boolean): void {
		if (accepted) this.broken("generations", "the wake of " + id + ", whose task has ended, was accepted");
	}

	private broken(invariant: InvariantName, message: string): void {
		if (!this.skipped.has(invariant)) throw new Broken(invariant, message);
	}

	/** Every entry of every list; a list that does not end is found by `lists`. */
	private *entries(): Iterable<ListEntry> {
		for (const { first } of this.view.waits.lists)
			for (let entry = first; entry !== undefined; entry = entry.next) yield entry;
	}

	private slots(): void {
		const { tables, view, generations, lived, listed } = this;
		if (tables === undefined) return;
		const { states, pools, handles } = tables;
		listed.length = 0;
		let free = 0;
		for (const pool of pools) {
			let last = END;
			for (let slot = pool.head; slot !== END; slot = states[slot] === END ? END : -states[slot] - 2) {
				if (!(states[slot] < 0)) this.broken("one set", this.nameOf(slot) + " is alive and on the free list");
				if (listed[slot]) this.broken("one set", this.nameOf(slot) + " is on a free list twice");
				if (!(slot >= pool.base && slot < pool.base + pool.size))
					this.broken("one set", this.nameOf(slot) + ' is on the free list of "' + pool.name + '"');
				// With these skipped it may go round in a circle.
				if (states[slot] >= 0 || listed[slot]) break;
				listed[slot] = true;
				free++;
				last = slot;
			}
			if (last !== pool.tail)
				this.broken(
					"slots conserve",
					'the free list of "' + pool.name + '" ends at slot ' + last + ", its tail is " + pool.tail,
				);
		}
		let live = 0;
		let claimed = 0;
		for (let slot = 0; slot < states.length; slot++) {
			const state = states[slot];
			const lives = state >= 0 && (state & STATE) !== CLAIMED;
			if (lives) live++;
			else if (state >= 0) claimed++;
			if (!(state < 0 === (listed[slot] === true)))
				this.broken(
					"slots conserve",
					this.nameOf(slot) + (state < 0 ? " is free and on no free list" : " is not free, but listed as free"),
				);
			const ready = view.set.isReady(slot);
			if (!(!ready || state >= 0)) this.broken("ready lives", this.nameOf(slot) + " is ready, but nobody lives there");
			if (lives && (state & STATE) === CANCEL_ASKED)
				if (!ready) this.broken("asked to end", this.nameOf(slot) + " was asked to end and is not woken for it");
			this.generation(slot, lives);
			lived[slot] = lives;
			const handle = handles[slot];
			if (handle !== undefined)
				if (!(lives && handle.id === view.set.id(slot) && handle.status === PENDING))
					this.broken(
						"handles",
						"the handle of " + this.nameOf(slot) + " has id " + handle.id + ", status " + handle.status,
					);
		}
		if (free + claimed + live !== states.length)
			this.broken(
				"slots conserve",
				free + " free, " + claimed + " claimed and " + live + " living of " + states.length + " slots",
			);
		const counted = this.liveCount?.() ?? live;
		if (counted !== live) this.broken("live count", live + " tasks live, the executor counts " + counted);
		generations.length = states.length;
	}

	/** A slot's generation only goes on, and does so whenever a tenant has gone. */
	private generation(slot: number, lives: boolean): void {
		const now = this.view.set.id(slot) >>> SLOT_BITS;
		const before = this.generations[slot];
		if (before !== undefined) {
			const steps = (now - before + GENERATIONS) % GENERATIONS;
			if (!(steps < GENERATIONS / 2))
				this.broken("generations", "the generation of " + this.nameOf(slot) + " went from " + before + " to " + now);
			if (this.lived[slot] && !lives)
				if (steps <= 0)
					this.broken("generations", "a tenant of " + this.nameOf(slot) + " has gone, its id is still good");
		}
		this.generations[slot] = now;
	}

	private lists(): void {
		const { waits } = this.view;
		for (const list of waits.lists)
			if (list.first === undefined && list.last === undefined) waits.lists.delete(list);
			else this.list(list);
	}

	private list(list: List): void {
		let previous: ListEntry | undefined;
		let length = 0;
		for (let entry = list.first; entry !== undefined; entry = entry.next) {
			const { waker } = entry;
			if (!(entry.previous === previous && entry.list === list))
				this.broken("wait lists", "an entry of " + this.nameOf(waker & SLOT_MASK) + " is badly linked");
			if (!(++length < 1 << SLOT_BITS)) this.broken("wait lists", "a wait list goes round in a circle");
			if (!this.isAlive(waker))
				this.broken(
					"dead waits",
					"a task that has ended, " + this.nameOf(waker & SLOT_MASK) + ", still stands in a wait list",
				);
			previous = entry;
		}
		if (list.last !== previous) this.broken("wait lists", "a wait list does not end at its last entry");
	}

	private wheel(): void {
		const { heads, occupied, levelsInUse, elapsed, edge } = this.view.wheel();
		let nearest: number | undefined;
		let linked = 0;
		for (let level = 0; level < occupied.length; level++) {
			for (let bits = occupied[level]; bits !== 0; bits &= bits - 1) {
				const slot = 31 - Math.clz32(bits & -bits);
				const place = level * 16 + slot;
				const says = (at: number): string => "the timer for tick " + at + " in ring " + level + ", slot " + slot;
				if (heads[place] === undefined)
					this.broken("timers", "ring " + level + ", slot " + slot + " is empty, but marked as used");
				let previous: TimerEntry | undefined;
				for (let entry = heads[place]; entry !== undefined; entry = entry.next) {
					const { at } = entry;
					linked++;
					if (entry.place !== place || entry.previous !== previous)
						this.broken("timers", says(at) + " is badly linked");
					const above = level === 7 ? 0 : (at ^ elapsed) >>> ((level + 1) * 4);
					if (((at >>> (level * 4)) & 15) !== slot || above !== 0)
						this.broken("timers", says(at) + " stands in the wrong place; the wheel is at " + elapsed);
					if (level < 7 && slot < ((elapsed >>> (level * 4)) & 15))
						this.broken("timers", says(at) + " has been passed; the wheel is at " + elapsed);
					if (!this.isAlive(entry.waker))
						this.broken(
							"dead waits",
							"a timer of " + this.nameOf(entry.waker & SLOT_MASK) + " is set, whose task has ended",
						);
					const begins = at & (-1 << (level * 4));
					if (nearest === undefined || (begins - elapsed) >>> 0 < (nearest - elapsed) >>> 0) nearest = begins;
					previous = entry;
				}
			}
		}
		let set = 0;
		for (const { place } of this.view.timers) if (place >= 0) set++;
		if (set !== linked)
			this.broken("timers", set + " timers are set, " + linked + " are found in the wheel's used slots");
		for (let level = 0; level < occupied.length; level++)
			if (!(((levelsInUse >>> level) & 1) === (occupied[level] !== 0 ? 1 : 0)))
				this.broken("timers", "ring " + level + " is marked wrongly");
		if (nearest === undefined) return;
		const first = nearest;
		if (!((edge - elapsed) >>> 0 <= (first - elapsed) >>> 0))
			this.broken("timers", "the next edge is said to be " + edge + ", a timer needs " + first);
		const alarm = this.view.timersAlarm();
		if (!((alarm !== undefined && ((alarm - first) | 0) <= 0) || (this.view.due() & DUE_TIMERS) !== 0))
			this.broken(
				"alarm",
				"a timer needs tick " + first + ", the alarm is " + (alarm === undefined ? "off" : "set to " + alarm),
			);
	}

	private interrupts(): void {
		const { interrupts } = this.view;
		for (const wait of interrupts.waits) {
			const inList = wait.source >= 0 && interrupts.listOf(wait.source).includes(wait);
			if (!(inList === (wait.state === "listed")))
				this.broken(
					"interrupts",
					"a wait for source " + wait.source + " is " + wait.state + (inList ? ", but listed" : ", but not listed"),
				);
			if (inList)
				if (wait.seen !== interrupts.counts[wait.source])
					this.broken(
						"interrupts",
						this.nameOf(wait.waker & SLOT_MASK) + " waits for an interrupt that has come, source " + wait.source,
					);
		}
	}

	private messages(): void {
		const { pools, queues, waits } = this.view.messages;
		for (const pool of pools) {
			const says = (what: string): string => 'pool "' + pool.name + '": ' + what;
			const { free } = pool;
			let queued = 0;
			for (let i = 0; i < free.length; i++)
				if (!free[i].free || free.indexOf(free[i]) !== i)
					this.broken("messages conserve", says("message " + free[i].number + " is free twice, or not at all"));
			for (const message of pool.messages) {
				if (!(free.includes(message) === message.free && !(message.free && message.queue !== undefined)))
					this.broken("messages conserve", says("message " + message.number + " is in two places, or in none"));
				if (message.queue !== undefined) queued++;
			}
			let found = 0;
			for (const queue of queues) for (const message of queue.messages) if (message.pool === pool) found++;
			if (found !== queued)
				this.broken("messages conserve", says(queued + " messages are queued, " + found + " found"));
		}
		for (const queue of queues) {
			for (const message of queue.messages)
				if (message.queue !== queue)
					this.broken("messages conserve", 'queue "' + queue.name + '": message ' + message.number + " is elsewhere");
			for (const wait of queue.waiting) {
				if (wait.queue !== queue) this.broken("wait lists", 'queue "' + queue.name + '": a wait is elsewhere');
				if (!this.isAlive(wait.waker))
					this.broken(
						"dead waits",
						"a task that has ended, " + this.nameOf(wait.waker & SLOT_MASK) + ', waits at queue "' + queue.name + '"',
					);
			}
		}
		for (const wait of waits)
			if (!(wait.queue === undefined || wait.queue.waiting.includes(wait)))
				this.broken("wait lists", "a wait at a queue is not in its list");
	}
}
