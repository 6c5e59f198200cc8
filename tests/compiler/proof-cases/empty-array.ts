/** An array is not emptied by a new one. */
import { done, pollTask, run } from "stator";

let list = [1];
let count = 3;

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				list = []; // ! array literal
				state = list.length;
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
				count = 0;
				state = list.length + count;
				return done(state);
			},
		};
	});
	run(task());
}
