/**
 * `task`: an async function becomes a task with a pool of slots.
 *
 * ```ts
 * const blink = task({ pool: 4, priority: "high" }, async (led: Led, periodMs: number) => {
 * 	for (;;) { led.toggle(); await sleep(periodMs); }
 * });
 * spawn(blink(led, 500));
 * ```
 *
 * The compiler (compiler/) replaces the call by the state machine of the function, in the form of `pollTask`. What stands
 * here is the uncompiled form, with the same behaviour: a plain task.
 */
import type { Task, TaskOptions } from "./executor/poll-task.ts";
import { plainTask } from "./plain/plain-task.ts";

/** Declares a task; default: a pool of one, named like the variable when compiled. INIT. */
export function task<A extends unknown[], T>(body: (...args: A) => Promise<T>): Task<A, T>;
export function task<A extends unknown[], T>(options: TaskOptions, body: (...args: A) => Promise<T>): Task<A, T>;
export function task<A extends unknown[], T>(
	first: TaskOptions | ((...args: A) => Promise<T>),
	second?: (...args: A) => Promise<T>,
): Task<A, T> {
	if (typeof first === "function") return plainTask(first);
	return plainTask(first, second as (...args: A) => Promise<T>);
}
