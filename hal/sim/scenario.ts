/**
 * What comes from outside in a run: interrupts, bytes, completions, each with the range of time in which it may come. Without a seed
 * each comes at the earliest; with one the seed chooses, within the range. And what has to hold: the user's own invariants.
 */

/** Milliseconds: one number, or the least and the most. */
export type Range = number | readonly [least: number, most: number];

/** When something comes from outside. */
export interface When {
	/** The first time, counted from the declaration; default: as `every`. */
	after?: Range;
	/** The time from each to the next; default: it comes once. */
	every?: Range;
	/** How often it comes; default: once, with `every` without end. */
	times?: number;
}

export interface Happening {
	readonly name: string;
	readonly what: () => void;
	readonly every: readonly [number, number] | undefined;
	/** How often it still comes. */
	left: number;
	/** It comes between these, by virtual time. */
	earliest: number;
	latest: number;
	/** Counts how often it came: what was scheduled for an earlier time is void. */
	came: number;
}

/** What a seeded run may do beside what was declared. */
export interface Conditions {
	/** How late the clock may be, and how long a turn may take, in milliseconds; default 50. 0: never late. */
	lateMs?: number;
	/** Tasks are polled without having been woken (SPEC, section 6); default true. */
	spuriousPolls?: boolean;
	/** Ids of tasks that have ended are woken; default true. */
	staleWakes?: boolean;
	/** Rounds are cut short and go on; default true. */
	cutRounds?: boolean;
	/** Every task is cancelled at the end, or in some runs earlier, as by SIGINT; default true. */
	stop?: boolean;
}

function range(given: Range, what: string): readonly [number, number] {
	const [least, most] = typeof given === "number" ? [given, given] : given;
	if (!(least >= 0 && most >= least && most < 2 ** 31))
		throw new RangeError(
			what + " is a number of milliseconds, or [least, most] with 0 <= least <= most, not " + String(given),
		);
	return [Math.round(least), Math.round(most)];
}

export function createHappening(name: string, when: When, what: () => void, now: number): Happening {
	const place = 'happens "' + name + '": ';
	if (when.after === undefined && when.every === undefined)
		throw new TypeError(place + "say when: after, every, or both, in milliseconds");
	const every = when.every === undefined ? undefined : range(when.every, place + "every");
	if (every !== undefined && every[0] < 1) throw new RangeError(place + "every must be at least 1 millisecond");
	const first = range(when.after ?? (when.every as Range), place + "after");
	const left = when.times ?? (every === undefined ? 1 : Number.POSITIVE_INFINITY);
	if (!(left >= 1)) throw new RangeError(place + "times must be at least 1, not " + left);
	if (every === undefined && left > 1) throw new TypeError(place + "comes more than once: say every");
	return { name, what, every, left, earliest: now + first[0], latest: now + first[1], came: 0 };
}

/** After it came: when it comes next. False: it comes no more. */
export function renew(happening: Happening, now: number): boolean {
	happening.came++;
	happening.left--;
	if (happening.every === undefined || happening.left < 1) return false;
	happening.earliest = now + happening.every[0];
	happening.latest = now + happening.every[1];
	return true;
}

/** Invariants of the program's own, by their names. */
export const ownInvariants: { name: string; check: () => boolean }[] = [];

/**
 * A condition that holds between any two steps of a seeded run, whatever the interleaving: `invariant("one owner", () => owners <= 1)`. When
 * it is false, or throws, the run ends as a failure with this name. Without a seed nothing is checked. INIT
 */
export function invariant(name: string, check: () => boolean): void {
	ownInvariants.push({ name, check });
}
