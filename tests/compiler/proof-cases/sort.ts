/** Sorting makes a list of its own. */
import { done, pollTask, run } from "stator";

const byValue = (a: number, b: number): number => a - b;

const list = [1, 2];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				list.sort(byValue); // ! Array's sort
				state = list[0];
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
				list.reverse();
				state = list.reduce(byValue, 0);
				return done(state);
			},
		};
	});
	run(task());
}
