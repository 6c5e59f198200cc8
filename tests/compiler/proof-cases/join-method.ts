/** join() makes a Join. */
import { done, Join, JoinHandle, pollTask, READY, run, spawn } from "stator";

const handle = new JoinHandle<void>();
const other = pollTask({}, () => ({ poll: () => READY }));
spawn(other(), handle);

const join = new Join<void>();

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = handle.join().poll(id); // ! call of JoinHandle.join, which allocates
				return done(state);
			},
		};
	});
	run(task());
}

accepted: {
	const task = pollTask({ name: "accepted" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = join.start(handle).poll(id);
				return done(state);
			},
		};
	});
	run(task());
}
