/** A copy of an array. */
import { done, pollTask, run } from "stator";

const list = [1, 2];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = list.slice(1)[0]; // ! Array's slice
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
				state = list.at(1) as number;
				return done(state);
			},
		};
	});
	run(task());
}
