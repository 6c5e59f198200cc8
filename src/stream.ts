/**
 * The base of what `for await` can loop over. Compiled tasks call its leaf method (`receive` or `next`) at each turn of the
 * loop; what stands here is for uncompiled sources, where the language asks for an iterator.
 */

/** Makes the iterator; plain tasks link themselves in, a compiled program carries none of it. */
export type Iterate = (stream: Stream<unknown>) => AsyncIterator<unknown>;

let iterate: Iterate = () => {
	throw new TypeError("for await: no plain task is running here; loop in a task, or compile the program");
};

/** INIT */
export function setIterate(how: Iterate): void {
	iterate = how;
}

/** Extend it, and give it a leaf method `receive()` or `next()` that yields undefined at the end. */
export abstract class Stream<T> {
	/** What `for await` calls in uncompiled sources; it ends with undefined. */
	[Symbol.asyncIterator](): AsyncIterator<Exclude<T, undefined>> {
		return iterate(this as Stream<unknown>) as AsyncIterator<Exclude<T, undefined>>;
	}
}
