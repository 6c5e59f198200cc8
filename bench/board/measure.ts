/** What both programs of this benchmark share: counting, and the way that figures are printed. */

import { print, runFor } from "stator";
import { cycles } from "#hal";

/** Steps of the measuring counter that so many polls take; warm before. */
export function measure(polls: number): number {
	runFor(2000, 0);
	const before = cycles();
	const did = runFor(polls, 0);
	const after = cycles();
	if (did !== polls) throw new Error("the benchmark polled " + did + " times, not " + polls);
	return (after - before) | 0;
}

/** A figure: counter steps for so many operations. The tool makes instructions of it. */
export function report(key: string, steps: number, operations: number): void {
	print("bench " + key + " " + steps + " " + operations);
}

/** A figure that is no time. */
export function value(key: string, number: number): void {
	print("bench " + key + " " + number);
}
