/** What programs with levels print, on every target. */

/** level-nested: the more urgent level in the middle of the less urgent one's turn, which waits for the end of the more urgent one's. */
export const nested =
	/^main begins\nlow begins\nhigh 1\nlow ends\nmain, after low\nhigh begins\nhigh ends\nlow begins\nhigh 2\nlow ends\nmain ends\n/;
