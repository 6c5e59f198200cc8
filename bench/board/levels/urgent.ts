/** The level that is measured: its task waits for timer 1's interrupt and looks how long ago that was. */
import { PENDING, pollTask } from "stator";
import { InterruptExecutor } from "stator/levels";
import { arrived, waitForTimer } from "./preempt.native.js";

const task = pollTask({ name: "urgent" }, () => ({
	poll(id) {
		arrived();
		waitForTimer(id);
		return PENDING;
	},
}));

InterruptExecutor.at(20, 1).run(task());
