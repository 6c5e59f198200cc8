/** Text of an array. */
import { done, log, pollTask, run } from "stator";

const list = [1, 2];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll() {
				log(list.join(",")); // ! Array's join
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
			poll() {
				state = list.includes(2) ? 1 : 0;
				return done(state);
			},
		};
	});
	run(task());
}
