/** A number has no methods without a wrapper. */
import { done, log, pollTask, run } from "stator";

const NAMES = ["0", "1"];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll(id) {
				log(id.toString()); // ! .toString of a number
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
			poll(id) {
				log(NAMES[id & 1]);
				return done(state);
			},
		};
	});
	run(task());
}
