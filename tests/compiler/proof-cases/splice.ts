/** Taking items out. */
import { done, pollTask, run } from "stator";

const list = [1, 2];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				list.splice(0, 1); // ! Array's splice
				state = list[0];
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
				list.copyWithin(0, 1);
				state = list[0];
				return done(state);
			},
		};
	});
	run(task());
}
