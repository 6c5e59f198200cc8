/** A copy is a new array. */
import { done, pollTask, run } from "stator";

const list = [1, 2];
let copy = [0, 0];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				copy = [...list]; // ! array literal
				state = copy.length;
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
				for (let i = 0; i < list.length; i++) copy[i] = list[i];
				state = copy.length;
				return done(state);
			},
		};
	});
	run(task());
}
