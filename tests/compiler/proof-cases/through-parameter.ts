/** Functions that are handed on are followed. */
import { done, pollTask, run } from "stator";

const one = (): number => Date.now() & 1;
const two = (): number => [1, 2].length; // ! array literal
function twice(f: () => number): number {
	return f() + f();
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = twice(two);
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
				state = twice(one);
				return done(state);
			},
		};
	});
	run(task());
}
