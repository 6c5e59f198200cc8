/** Durations: milliseconds from the user, ticks for the clock. One tick is one millisecond on every platform. */

/** The longest duration: 2^31 - 1 ticks, 24.8 days; further, "later" and "earlier" could not be told apart. */
export const DURATION_MAX_MS = 0x7fffffff;

/** Checks a duration and makes whole ticks of it, fractions rounded up. Throws RangeError; never waits for ever on NaN. */
export function ticksOf(ms: number, what: string): number {
	const whole = ms | 0;
	if (whole === ms && whole >= 0) return whole; // the usual case, without a call
	if (!(ms >= 0 && ms <= DURATION_MAX_MS))
		throw new RangeError(what + ": a duration is 0 to " + DURATION_MAX_MS + " milliseconds, got " + ms);
	return Math.ceil(ms);
}
