/** Output is the library's business. */
import { done, log, pollTask, run } from "stator";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll() {
				console.log("x"); // ! console.log
				return done(state);
			},
		};
	});
	run(task());
}

accepted: {
	const task = pollTask({ name: "accepted" }, () => {
		const state = 0;
		return {
			poll() {
				log("x");
				return done(state);
			},
		};
	});
	run(task());
}
