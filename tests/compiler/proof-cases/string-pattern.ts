/** A pattern that takes a string apart reads its members. */
import { done, pollTask, run } from "stator";

let name = "led";
if (Date.now() < 0) name = "";
const list = [1];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				const { length } = name; // ! .length of a string
				state = length;
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
				const { length } = list;
				state = length;
				return done(state);
			},
		};
	});
	run(task());
}
