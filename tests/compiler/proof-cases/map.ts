/** A new array by a function. */
import { done, pollTask, run } from "stator";

const double = (x: number): number => x * 2;

const list = [1, 2];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = list.map(double)[0]; // ! Array's map
				return done(state);
			},
		};
	});
	run(task());
}

accepted: {
	const task = pollTask({ name: "accepted" }, () => {
		let state = 0;
		const add = (x: number): void => {
			state += double(x);
		};
		return {
			poll() {
				list.forEach(add);
				return done(state);
			},
		};
	});
	run(task());
}
