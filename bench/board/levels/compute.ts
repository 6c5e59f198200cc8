/** A machine that is preempted again and again computes a checksum: it must be that of an undisturbed run. */
import { print } from "stator";
import { collect } from "#hal";
import { begin, turn } from "./checksum.ts";
import { result, startTimer, stopTimer } from "./preempt.native.js";

const TURNS = 40;
/** Cycles from one interrupt to the next: pseudo-random, from hardly more than the exception entry to a few turns of an inner loop. */
const SHORTEST = 100;
const SPREAD = 4000;
const REPORT = 50_000;

function compute(): number {
	let sum = 1;
	begin();
	for (let i = 0; i < TURNS; i++) {
		sum = turn(sum, i);
		if (i % 10 === 0) collect();
	}
	return sum;
}

/** Computes until so many preemptions have come; each run meets them at other moments. */
export function preempted(preemptions: number): void {
	const undisturbed = compute();
	print("undisturbed: " + undisturbed);
	let runs = 0;
	let said = 0;
	startTimer(SHORTEST, SPREAD);
	while (result(2) < preemptions) {
		const sum = compute();
		runs++;
		if (sum !== undisturbed)
			throw new Error("run " + runs + ", after " + result(2) + " preemptions: " + sum + ", not " + undisturbed);
		if (result(2) - said < REPORT) continue;
		said = result(2);
		print("so far " + said + " preemptions, " + runs + " runs");
	}
	stopTimer();
	print("preempted " + result(2) + " times in " + runs + " runs: the same result");
}
