/** Two variables that hold text. */
import { done, log, pollTask, run } from "stator";

let first = "a";
let second = "b";
if (Date.now() < 0) {
	first = "c";
	second = "d";
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll() {
				log(first + second); // ! string concatenation
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
				log(id > 0 ? first : second);
				return done(state);
			},
		};
	});
	run(task());
}
