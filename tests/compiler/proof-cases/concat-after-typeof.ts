/** typeof gives a string. */
import { done, pollTask, run } from "stator";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = typeof id + "s" === "numbers" ? 1 : 0; // ! string concatenation
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
				state = typeof id === "number" ? 1 : 0;
				return done(state);
			},
		};
	});
	run(task());
}
