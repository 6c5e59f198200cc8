/** Formatting. */
import { done, log, pollTask, run } from "stator";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll(id) {
				log((id / 3).toFixed(2)); // ! .toFixed of a number
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
				state = Math.round(id / 3);
				return done(state);
			},
		};
	});
	run(task());
}
