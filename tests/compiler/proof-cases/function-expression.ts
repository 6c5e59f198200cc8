/** No function is made where it is called. */
import { done, pollTask, run } from "stator";

function one(): number {
	return Date.now() > 0 ? 1 : 2;
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				const two = function named(): number {
					// ! function made at run time
					return named.length;
				};
				state = two() + two();
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
				state = one();
				return done(state);
			},
		};
	});
	run(task());
}
