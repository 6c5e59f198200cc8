/** Parts of strings are strings. */
import { done, log, pollTask, run } from "stator";

let name = "led";
if (Date.now() < 0) name = "";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll() {
				log(name.slice(1)); // ! .slice of a string
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
				log(name);
				return done(state);
			},
		};
	});
	run(task());
}
