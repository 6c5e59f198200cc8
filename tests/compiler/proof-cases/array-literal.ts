/** Arrays are made at start-up and written by index. */
import { done, pollTask, run } from "stator";

let last = [0, 2];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				last = [id, 2]; // ! array literal
				state = last[0];
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
				last[0] = id;
				state = last[0];
				return done(state);
			},
		};
	});
	run(task());
}
