/** A character by index is a new string. */
import { done, pollTask, run } from "stator";

let name = "led";
if (Date.now() < 0) name = "";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				if (name[0] === "l") state = 1; // ! character of a string
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
				if (name === "led") state = 1;
				return done(state);
			},
		};
	});
	run(task());
}
