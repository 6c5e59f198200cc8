/** A quotient as index need not be a whole number. */
import { done, pollTask, run } from "stator";

const list = [1, 2, 3, 4];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				list[id / 2] = id; // ! whole number
				state = list[0];
				return done(state + id);
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
				list[(id / 2) & 3] = id;
				state = list[0];
				return done(state + id);
			},
		};
	});
	run(task());
}
