/** What the tests are about. */
export function limit(value: number): number {
	return Math.min(value, 5);
}
