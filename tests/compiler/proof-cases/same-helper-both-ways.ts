/** A helper that joins text at start-up adds numbers in a task: the two are told apart. */
import { done, pollTask, run } from "stator";

// biome-ignore lint/suspicious/noExplicitAny: one function for numbers and text is the point
function both(a: any, b: any): number | string {
	return a + b; // ! string concatenation
}
export const title = both("a", "b");

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = both("b", id) === "b1" ? 1 : 0; // at the helper
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
				state = both(2, id) as number;
				return done(state);
			},
		};
	});
	run(task());
}
