/** Text that grows. */
import { done, log, pollTask, run } from "stator";

let text = "";
let count = 0;
if (Date.now() < 0) text = "y";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll() {
				text += "x"; // ! string concatenation
				log(text);
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
				count += 1;
				log(text);
				state = count;
				return done(state);
			},
		};
	});
	run(task());
}
