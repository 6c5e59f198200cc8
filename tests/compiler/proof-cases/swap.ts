/** Two values change places through a third. */
import { done, pollTask, run } from "stator";

let low = 1;
let high = 2;

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				[low, high] = [high, low]; // ! destructuring of an array
				state = low - high;
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
				const between = low;
				low = high;
				high = between;
				state = low - high;
				return done(state);
			},
		};
	});
	run(task());
}
