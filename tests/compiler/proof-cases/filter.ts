/** A new array by a condition. */
import { done, pollTask, run } from "stator";

const isOdd = (x: number): boolean => (x & 1) === 1;

const list = [1, 2];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = list.filter(isOdd).length; // ! Array's filter
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
				state = list.some(isOdd) ? list.findIndex(isOdd) : 0;
				return done(state);
			},
		};
	});
	run(task());
}
