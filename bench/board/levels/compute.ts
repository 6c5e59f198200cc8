/** A machine that is preempted again and again computes a checksum: it must be that of an undisturbed run. */
import { print } from "stator";
import { collect } from "#hal";
import { begin, turn } from "./checksum.ts";
import { result, startTimer, stopTimer } from "./preempt.native.js";

const TURNS = 200;

function compute(): number {
	let sum = 1;
	begin();
	for (let i = 0; i < TURNS; i++) {
		sum = turn(sum, i);
		if (i % 50 === 0) collect();
	}
	return sum;
}

/** Computes until so many preemptions have come, at pseudo-random moments. */
export function preempted(preemptions: number): void {
	const undisturbed = compute();
	let runs = 0;
	startTimer(100, 4000);
	while (result(2) < preemptions) {
		const sum = compute();
		runs++;
		if (sum !== undisturbed)
			throw new Error("run " + runs + ", after " + result(2) + " preemptions: " + sum + ", not " + undisturbed);
	}
	stopTimer();
	print("preempted " + result(2) + " times in " + runs + " runs: the same result, " + undisturbed);
}
