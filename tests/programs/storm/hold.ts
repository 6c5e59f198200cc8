/**
 * A peripheral that keeps its line up until the task has served it: without "hold" its handler would be entered again and again,
 * and no task would have another turn.
 */
import { print, run, task } from "stator";
import { interrupt, interruptCount } from "stator/board";
import { raiseAndHold, serve } from "./storm.native.js";

const TIMES = 1000;

let seen = 0;

const wait = task(async () => {
	raiseAndHold(5000);
	while (seen < TIMES) {
		seen += await interrupt("TIMER1", "hold");
		serve();
	}
});

run(wait());
print("seen " + seen + ", counted " + interruptCount("TIMER1"));
