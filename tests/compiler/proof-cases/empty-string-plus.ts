/** The usual way to make text of a number. */
import { done, log, pollTask, run } from "stator";

const NAMES = ["even", "odd"];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll(id) {
				log("" + id); // ! string concatenation
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
