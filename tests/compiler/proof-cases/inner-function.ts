/** A function declared in a function is made at each entry. */
import { done, pollTask, run } from "stator";

function twice(x: number): number {
	return x + x;
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = twice(id);
				function twice(x: number): number {
					// ! function made at run time
					return x + state;
				}
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
				state = twice(id);
				return done(state);
			},
		};
	});
	run(task());
}
