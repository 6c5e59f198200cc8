/** A bound function is a function. */
import { done, pollTask, run } from "stator";

function add(a: number, b: number): number {
	return a + b;
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = add.bind(undefined, 1)(id); // ! Function's bind
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
				state = add.call(undefined, 1, id);
				return done(state);
			},
		};
	});
	run(task());
}
