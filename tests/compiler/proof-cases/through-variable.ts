/** A handler that start-up chose. */
import { done, pollTask, run } from "stator";

const make = (): number => [1, 2].length; // ! array literal
let handler = (): number => 0;
let other = (): number => 0;
if (Date.now() > 0) {
	handler = make;
	other = (): number => 1;
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = handler();
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
				state = other();
				return done(state);
			},
		};
	});
	run(task());
}
