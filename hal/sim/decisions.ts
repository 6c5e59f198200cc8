/**
 * The seed's decisions: everything that a seeded run leaves open is asked here, in one order, so that a seed is a run.
 *
 * Each decision is computed from the seed and its number alone. Its value 0 is what happens without a seed: a run of which only
 * some decisions are kept (`only`) is the plain run with these deviations, which is how a failure is made small.
 */

/** A hash of two words (the finalizer of MurmurHash3, which is in the public domain). */
function mix(seed: number, number: number): number {
	let h = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) >>> 0;
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return (h ^ (h >>> 16)) >>> 0;
}

export class Decisions {
	readonly seed: number;
	/** How many were asked for. */
	count = 0;
	/** The numbers of those that were not 0. */
	readonly deviations: number[] = [];
	private readonly only: ReadonlySet<number> | undefined;

	/** `only`: these decisions are taken, all others are 0. */
	constructor(seed: number, only?: readonly number[]) {
		this.seed = seed >>> 0;
		this.only = only === undefined ? undefined : new Set(only);
	}

	/** One of 0 to n - 1. */
	choose(n: number): number {
		const number = this.count++;
		if (this.only !== undefined && !this.only.has(number)) return 0;
		const value = mix(this.seed, number) % n;
		if (value !== 0) this.deviations.push(number);
		return value;
	}

	/** True once in so many times. */
	once(inSoMany: number): boolean {
		return this.choose(inSoMany) === inSoMany - 1;
	}

	/** A whole number from `low` to `high`, both possible; `low` is the default. */
	between(low: number, high: number): number {
		return high <= low ? low : low + this.choose(high - low + 1);
	}
}
