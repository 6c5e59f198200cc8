/**
 * The base of leaf operations: with it an `Awaitable` is also a thenable, so that a source that was not compiled may
 * `await` it in a plain task. Compiled tasks never call `then`.
 */
import type { Awaitable } from "./awaitable.ts";
import type { Poll } from "./status.ts";

/** Called for each `await` of a leaf in uncompiled code. */
export type Attach = (
	leaf: Awaitable<unknown>,
	resolve: (value: never) => unknown,
	reject: (reason: unknown) => unknown,
) => void;

let attach: Attach = () => {
	throw new TypeError("await: no plain task is running here; await in a task, or compile the program");
};

/** Plain tasks link themselves in; a compiled program carries none of them. INIT. */
export function setAttach(handler: Attach): void {
	attach = handler;
}

/** Extend it, and give it a method `start` that returns `this`; see Awaitable for what the three others must do. */
export abstract class Leaf<T> implements Awaitable<T> {
	abstract poll(waker: number): Poll;
	abstract take(): T;
	abstract drop(): void;

	/** What `await` calls in uncompiled code. */
	// biome-ignore lint/suspicious/noThenProperty: being awaitable is its purpose
	then(resolve: (value: T) => unknown, reject: (reason: unknown) => unknown): void {
		attach(this, resolve, reject);
	}
}
