/** Nor at their beginning. */
import { done, pollTask, run } from "stator";

const list = [0, 0, 0, 0];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				list.unshift(id); // ! Array's unshift
				state = list.length;
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
				list.copyWithin(1, 0);
				list[0] = id;
				state = list[3];
				return done(state);
			},
		};
	});
	run(task());
}
