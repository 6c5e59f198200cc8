/** What can be awaited: one small protocol, for the library and for users alike. */
import type { Poll } from "./status.ts";

/**
 * A wait. It is made once (at start-up, where allocation must not happen later), started for each use by a method of
 * its own, and then polled.
 */
export interface Awaitable<T> {
	/** PENDING after registering the waker, READY, or a negative status. Polled more often than woken: that is allowed. */
	poll(waker: number): Poll;
	/** The result, once, after READY. */
	take(): T;
	/** Gives up: out of every list, in-flight work cancelled. At any time, any number of times. */
	drop(): void;
	/**
	 * In place of `take`: what the wait has got, a lock, a permit, a value, goes back. For who looks at several waits and gives up when
	 * only some are ready; a wait that gets nothing which others could miss has no such method.
	 */
	giveBack?(): void;
	/** After READY: `take` will throw. For the same: what the others have got can go back before it does. */
	fails?(): boolean;
}
