/** The level that is measured: its task waits for timer 1's interrupt and looks how long ago that was, twice. */
import { PENDING, pollTask } from "stator";
import { InterruptExecutor } from "stator/levels";
import { arrived } from "./preempt.native.js";

const task = pollTask({ name: "urgent" }, () => ({
	poll(id) {
		arrived(id);
		arrived(id);
		return PENDING;
	},
}));

InterruptExecutor.at(20, 1).run(task());
