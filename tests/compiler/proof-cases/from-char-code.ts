/** Text from codes. */
import { done, log, pollTask, run } from "stator";

const TEXTS = ["a", "b"];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll(id) {
				log(String.fromCharCode(id)); // ! String.fromCharCode
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
				log(TEXTS[id & 1]);
				return done(state);
			},
		};
	});
	run(task());
}
