/** Strings are not joined. */
import { done, log, pollTask, run } from "stator";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll(id) {
				log("id " + id); // ! string concatenation
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
				log("id");
				state = 1 + id;
				return done(state);
			},
		};
	});
	run(task());
}
