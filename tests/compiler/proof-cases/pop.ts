/** What an array loses it must gain again. */
import { done, pollTask, run } from "stator";

const list = [0, 0, 0, 0];
let count = 4;

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = list.pop() as number; // ! Array's pop
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
				count--;
				state = list[count & 3];
				return done(state);
			},
		};
	});
	run(task());
}
