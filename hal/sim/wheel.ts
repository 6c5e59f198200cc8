/**
 * The timer wheel: a hierarchy of rings of 16 slots, each ring's slot as long as the whole ring below. Setting and
 * cancelling are O(1) whatever is in it; each timer moves down at most once a level before it fires.
 *
 * ```
 * level 0   | | | | | | | | | | | | | | | | |    16 slots of 1 tick
 * level 1   |       |       |       |     …      16 slots of 16 ticks
 * level 7   |                             …      16 slots of 2^28 ticks: all of a 32-bit clock
 * ```
 *
 * A timer's level is that of the highest digit (base 16) in which its tick and the wheel's `elapsed` differ, its slot is
 * that digit. Therefore every timer of a level comes before every timer of the levels above, the lowest set bit of the
 * lowest level in use is the next edge, and no search is needed. (The scheme of tokio's time wheel, which has it from
 * Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", 1987.) All arithmetic is modulo 2^32: the wrap of the
 * clock is an ordinary digit change of the highest ring.
 *
 * A wheel may have fewer levels (the clock's has eight). What is set for beyond its span, 16^levels ticks, stands on one more
 * list, which is looked through once each span.
 *
 * The devices have the same wheel in C (native/abi/wheel.h); tests compare the two, step by step.
 */

type TaskId = number;

const BITS = 4;
const SLOTS = 1 << BITS;
export const LEVELS = 8;

export interface TimerEntry {
	/** The tick at which it fires. */
	at: number;
	/** Ring and slot that it is linked into, -1: none. */
	place: number;
	waker: TaskId;
	next: TimerEntry | undefined;
	previous: TimerEntry | undefined;
}

/** INIT */
export function createTimerEntry(): TimerEntry {
	return { at: 0, place: -1, waker: -1, next: undefined, previous: undefined };
}

const clz32 = Math.clz32;

/** The level of a timer, by what differs between its tick and `elapsed`. Short waits are found first. */
function levelOf(difference: number): number {
	if (difference >= 0) {
		if (difference < 1 << 4) return 0;
		if (difference < 1 << 8) return 1;
		if (difference < 1 << 12) return 2;
		if (difference < 1 << 16) return 3;
		if (difference < 1 << 20) return 4;
		if (difference < 1 << 24) return 5;
		if (difference < 1 << 28) return 6;
	}
	return 7;
}

/** A wheel of so many levels, 1 to 8. INIT */
export function createWheel(levels: number) {
	/** The first entry of each slot; levels one after the other. */
	const heads: (TimerEntry | undefined)[] = [];
	/** One bit a slot, for each level. */
	const occupied: number[] = [];
	for (let i = 0; i < SLOTS * levels + 1; i++) heads.push(undefined);
	for (let i = 0; i <= levels; i++) occupied.push(0);

	/** One bit a level. */
	let levelsInUse = 0;
	/** The tick up to which the wheel has turned. No entry's slot lies before it. */
	let elapsed = 0;
	/** The next edge, valid while levelsInUse is not zero. */
	let edge = 0;

	function link(entry: TimerEntry): void {
		const at = entry.at;
		const level = Math.min(levels, levelOf(at ^ elapsed));
		const slot = level < levels ? (at >>> (level * BITS)) & (SLOTS - 1) : 0;
		const place = level * SLOTS + slot;
		const first = heads[place];
		entry.place = place;
		entry.previous = undefined;
		entry.next = first;
		heads[place] = entry;
		if (first !== undefined) first.previous = entry;
		else {
			occupied[level] |= 1 << slot;
			levelsInUse |= 1 << level;
		}
	}

	/** Where what lies beyond the span is looked through. */
	function endOfSpan(): number {
		return ((elapsed & (-1 << (levels * BITS))) + (1 << (levels * BITS))) | 0;
	}

	/** The next edge, from the lowest level in use. */
	function findEdge(): number {
		const level = 31 - clz32(levelsInUse & -levelsInUse);
		const shift = level * BITS;
		if (level === levels) return endOfSpan();
		let bits = occupied[level];
		if (level === LEVELS - 1) {
			// The highest ring goes round: slots before the present one belong to the next turn.
			const here = (elapsed >>> shift) & (SLOTS - 1);
			const later = bits & (-1 << here);
			if (later !== 0) bits = later;
		}
		const slot = 31 - clz32(bits & -bits);
		if (level === LEVELS - 1) return slot << shift;
		return (elapsed & (-1 << (shift + BITS))) | (slot << shift);
	}

	/** True when nothing is set. */
	function isEmpty(): boolean {
		return levelsInUse === 0;
	}

	/** The tick of the next edge; only while the wheel is not empty. An edge fires timers or moves them down a level. */
	function nextEdge(): number {
		return edge;
	}

	/**
	 * Sets a timer: `waker` is woken when the clock reaches `at`, which lies less than 2^31 ticks after `now`. An entry that is
	 * set already is moved. Returns true when the next edge is nearer than before.
	 */
	function setTimer(entry: TimerEntry, at: number, waker: TaskId, now: number): boolean {
		if (entry.place >= 0) clearTimer(entry);
		entry.at = at;
		entry.waker = waker;
		const alone = levelsInUse === 0;
		// The wheel may turn on to `now` as long as it passes no edge: fewer levels to come down later.
		if (alone || (((edge - now) | 0) > 0 && ((now - elapsed) | 0) > 0)) elapsed = now;
		// A tick that has passed is due at once. Measured from now: from `elapsed`, which stands still while an edge is overdue,
		// a long timer would look as if it had passed.
		if (((at - now) | 0) < 0) entry.at = elapsed;
		link(entry);
		const level = entry.place >> BITS;
		const mine = level < levels ? entry.at & (-1 << (level * BITS)) : endOfSpan();
		// Both lie at or after `elapsed`; the distance may exceed 2^31 for the same reason.
		if (!alone && (mine - elapsed) >>> 0 >= (edge - elapsed) >>> 0) return false;
		edge = mine;
		return true;
	}

	/** Takes a timer back; any number of times. The edge stays: at worst the executor looks once for nothing. */
	function clearTimer(entry: TimerEntry): void {
		const place = entry.place;
		if (place < 0) return;
		const next = entry.next;
		const previous = entry.previous;
		entry.place = -1;
		entry.next = undefined;
		entry.previous = undefined;
		if (next !== undefined) next.previous = previous;
		if (previous !== undefined) {
			previous.next = next;
			return;
		}
		heads[place] = next;
		if (next === undefined) emptied(place);
	}

	function emptied(place: number): void {
		const level = place >> BITS;
		occupied[level] &= ~(1 << (place & (SLOTS - 1)));
		if (occupied[level] === 0) levelsInUse &= ~(1 << level);
	}

	/** When nothing but what lies beyond the span is left: the span of the first of these, or of `now`, in one step. */
	function skipSpans(now: number): number {
		let distance = (now - elapsed) >>> 0;
		for (let entry = heads[levels * SLOTS]; entry !== undefined; entry = entry.next)
			distance = Math.min(distance, (entry.at - elapsed) >>> 0);
		return (elapsed + distance) & (-1 << (levels * BITS));
	}

	/** Turns the wheel to `now`: fires what is due, in the order of ticks, through `wake`. True when timers are left. */
	function turn(now: number, wake: (waker: TaskId) => void): boolean {
		while (levelsInUse !== 0) {
			edge = findEdge();
			if (((edge - now) | 0) > 0) {
				elapsed = now;
				return true;
			}
			const level = 31 - clz32(levelsInUse & -levelsInUse);
			if (level === levels) edge = skipSpans(now);
			elapsed = edge;
			const place = level * SLOTS + (level < levels ? (edge >>> (level * BITS)) & (SLOTS - 1) : 0);
			let entry = heads[place];
			heads[place] = undefined;
			emptied(place);
			while (entry !== undefined) {
				const next: TimerEntry | undefined = entry.next;
				if (entry.at === edge) {
					entry.place = -1;
					entry.next = undefined;
					entry.previous = undefined;
					wake(entry.waker);
				} else link(entry);
				entry = next;
			}
		}
		elapsed = now;
		return false;
	}

	function state(): WheelState {
		return { heads, occupied, levelsInUse, elapsed, edge };
	}

	return { isEmpty, nextEdge, setTimer, clearTimer, turn, state };
}

/** What a wheel is made of, for invariants. */
export interface WheelState {
	readonly heads: readonly (TimerEntry | undefined)[];
	readonly occupied: readonly number[];
	readonly levelsInUse: number;
	readonly elapsed: number;
	readonly edge: number;
}

export type Wheel = ReturnType<typeof createWheel>;

/** The clock's. */
export const { isEmpty, nextEdge, setTimer, clearTimer, turn, state } = createWheel(LEVELS);
