/**
 * From an interrupt to the first statement of a task that waits for it, in an executor that is idle: CMSDK timer 1 raises it, and how
 * far the timer has counted since says how long it took, exception entry included. By hand and compiled, the worst of 200 each.
 */
import { done, PENDING, pollTask, print, READY, run, task } from "stator";
import { Interrupt, interrupt } from "stator/board";
import { armTimer, sinceTimer } from "./isr.native.js";
import { report } from "./measure.ts";

const TIMES = 200;
const TIMER1 = 9;

let worst = 0;

const byHand = pollTask({ name: "by hand" }, () => {
	const wait = new Interrupt(TIMER1);
	let left = 0;
	return {
		start() {
			left = TIMES;
			wait.start(TIMER1);
		},
		poll(id) {
			if (wait.poll(id) === READY) {
				const since = sinceTimer();
				if (since > worst) worst = since;
				left--;
				if (left === 0) return done();
				wait.start(TIMER1);
				wait.poll(id);
			}
			armTimer(20000 + left * 37);
			return PENDING;
		},
	};
});

const compiled = task(async () => {
	for (let left = TIMES; left > 0; left--) {
		armTimer(20000 + left * 37);
		await interrupt(TIMER1);
		const since = sinceTimer();
		if (since > worst) worst = since;
	}
});

run(byHand());
report("interrupt_to_hand_max", worst, 1);
worst = 0;
run(compiled());
report("interrupt_to_task_max", worst, 1);
print("done");
