/** Items are read by index. */
import { done, pollTask, run } from "stator";

const list = [1, 2];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				const [a, b] = list; // ! destructuring of an array
				state = a + b;
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
				const a = list[0];
				const b = list[1];
				state = a + b;
				return done(state);
			},
		};
	});
	run(task());
}
