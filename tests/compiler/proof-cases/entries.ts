/** Iterators are objects. */
import { done, pollTask, run } from "stator";

const list = [1, 2];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = list.entries().next().done ? 1 : 0; // ! Array's entries
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
				state = Array.isArray(list) ? list.lastIndexOf(2) : 0;
				return done(state);
			},
		};
	});
	run(task());
}
