/** spawn makes a handle when it is given none. */
import { done, JoinHandle, pollTask, READY, run, spawn } from "stator";

const handle = new JoinHandle<void>();
const other = pollTask({}, () => ({ poll: () => READY }));
if (Date.now() < 0) spawn(other());

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll() {
				spawn(other()); // ! call of spawn, which allocates
				return done(state);
			},
		};
	});
	run(task());
}

accepted: {
	const task = pollTask({ name: "accepted" }, () => {
		const state = 0;
		return {
			poll() {
				spawn(other(), handle);
				return done(state);
			},
		};
	});
	run(task());
}
