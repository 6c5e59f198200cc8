/** Characters are read at start-up. */
import { done, pollTask, run } from "stator";

let name = "led";
if (Date.now() < 0) name = "";
const codes = [name.charCodeAt(0)];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = name.charCodeAt(0); // ! .charCodeAt of a string
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
				state = codes[0];
				return done(state);
			},
		};
	});
	run(task());
}
