/**
 * A level at priority 1 preempts this machine while it computes, throws and collects: from the timer's interrupt to the first
 * statement of the level's task, worst and spread.
 *
 * The wait is stamped inside the native call that the first statement makes; what that statement itself takes is measured by
 * the same call right after it, and taken off. The clock's own interrupt (once in 2^24 cycles) is kept out of the runs: it
 * has the most urgent priority, and what falls into it waits as long as it takes.
 */
import { print } from "stator";
import { alarm, alarmClear, collect, now, shift } from "#hal";
import { begin, turn } from "./checksum.ts";
import { result, startTimer, stopTimer } from "./preempt.native.js";

const RUNS = 6;
let worst = 0;
let best = 0x7fffffff;
let preemptions = 0;

/** SysTick is set for an alarm, and then for its longest period again, which so begins now. */
function beginPeriod(): void {
	alarm(0, now() + 1);
	alarmClear(0);
	shift(0);
}

/** Does work until so many preemptions have come, in runs that are shorter than the clock's longest period. */
function measure(name: string, work: (index: number) => void): void {
	let longest = 0;
	let shortest = 0x7fffffff;
	for (let run = 0; run < RUNS; run++) {
		beginPeriod();
		startTimer(2500, 3000);
		for (let i = 0; result(2) < 500; i++) work(i);
		stopTimer();
		preemptions += result(2);
		longest = Math.max(longest, result(0));
		shortest = Math.min(shortest, result(1));
	}
	print("preempting " + name + ": " + shortest + " to " + longest + " cycles");
	worst = Math.max(worst, longest);
	best = Math.min(best, shortest);
}

let sum = 1;
begin();
measure("computation", (i) => {
	sum = turn(sum, i);
});
measure("throws", (i) => {
	try {
		if (i >= 0) throw new RangeError("thrown");
	} catch {
		sum++;
	}
});
measure("collections", () => collect());

const statement = result(3);
print("bench preempt_max " + (worst - statement) + " 1");
print("bench preempt_call_max " + worst + " 1");
print("bench preempt_jitter " + (worst - best) + " 1");
if (preemptions < 3 * RUNS * 500) throw new Error("only " + preemptions + " preemptions");
