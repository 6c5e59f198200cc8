/** The same wake and poll as in main.ts, among 1000 tasks: a program of its own, so that its heap burdens nothing else. */
import { PENDING, pollTask, spawnDetached, wake } from "stator";
import { measure, report } from "./measure.ts";

const MANY = 1000;

const spin = pollTask({ name: "spin", pool: MANY }, () => ({
	poll(id) {
		wake(id);
		return PENDING;
	},
}));

for (let i = 0; i < MANY; i++) spawnDetached(spin());
report("wake_poll_1000", measure(100000), 100000);
