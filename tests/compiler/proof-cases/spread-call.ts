/** Arguments are passed one by one. */
import { done, pollTask, run } from "stator";

const list = [1, 2];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = Math.max(...list); // ! spread
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
				state = Math.max(list[0], list[1]);
				return done(state);
			},
		};
	});
	run(task());
}
