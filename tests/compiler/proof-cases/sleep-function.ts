/** sleep() makes a Sleep. */
import { done, pollTask, run, Sleep, sleep } from "stator";

const pause = new Sleep();

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = sleep(5).poll(id); // ! call of sleep, which allocates
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
				state = pause.start(5).poll(id);
				return done(state);
			},
		};
	});
	run(task());
}
