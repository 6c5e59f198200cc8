/**
 * A level at priority 1 preempts this machine while it computes, throws and collects: from the timer's interrupt to the first
 * statement of the level's task, worst and spread; and this machine's result, which must be that of an undisturbed run.
 */
import { print } from "stator";
import { collect } from "#hal";
import { begin, turn } from "./checksum.ts";
import { best, count, startTimer, stopTimer, worst } from "./preempt.native.js";

const TURNS = 400;

function compute(): number {
	let sum = 1;
	begin();
	for (let i = 0; i < TURNS; i++) {
		sum = turn(sum, i);
		if (i % 50 === 0) collect();
	}
	return sum;
}

const undisturbed = compute();
startTimer(2500, 9000);
const disturbed = compute();
stopTimer();
const preemptions = count();
print("bench preempt_max " + worst() + " 1");
print("bench preempt_min " + best() + " 1");
print("bench preemptions " + preemptions);
if (disturbed !== undisturbed)
	throw new Error("the preempted machine's result is " + disturbed + ", not " + undisturbed);
if (preemptions < 1000) throw new Error("only " + preemptions + " preemptions");
