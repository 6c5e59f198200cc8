/** Functions in arrays are followed. */
import { done, pollTask, run } from "stator";

const one = (): number => Date.now() & 1;
const two = (): number => [1, 2].length; // ! array literal
const makers = [one, two];
const counters = [one, one];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = makers[id & 1]();
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
			poll(id) {
				state = counters[id & 1]();
				return done(state);
			},
		};
	});
	run(task());
}
