/** `run` as users write it: its root may be an async function. The compiler puts a compiled task in that place. */
import type { Cancelled } from "../executor/join-handle.ts";
import { run as runTask } from "../executor/run.ts";
import type { Token } from "../executor/task-id.ts";
import { plainTask } from "./plain-task.ts";

/** Runs tasks until the root has ended; without a root until no task is left. See executor/run.ts. */
export function run<T>(root: (() => Promise<T>) | Token<T>): T | Cancelled;
export function run(): undefined;
export function run<T>(root?: (() => Promise<T>) | Token<T>): T | Cancelled | undefined {
	return runTask(typeof root === "function" ? plainTask<[], T>({ name: "root" }, root)() : root);
}
