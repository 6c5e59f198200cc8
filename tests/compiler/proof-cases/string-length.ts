/** The length of a string is a member, too. */
import { done, pollTask, run } from "stator";

let name = "led";
if (Date.now() < 0) name = "";
const size = name.length;

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = name.length; // ! .length of a string
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
				state = size;
				return done(state);
			},
		};
	});
	run(task());
}
