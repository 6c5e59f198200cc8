/** The check that all bounded primitives share. INIT */

/** A whole number from 1, or a RangeError that names the primitive. */
export function checkedCapacity(capacity: number, what: string): number {
	if (!(capacity >= 1 && capacity <= 0x3fffffff) || Math.floor(capacity) !== capacity)
		throw new RangeError(what + " must be a whole number from 1, got " + capacity);
	return capacity;
}
