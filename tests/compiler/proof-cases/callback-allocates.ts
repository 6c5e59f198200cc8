/** What a callback does counts where it is called. */
import { done, pollTask, run } from "stator";

const sum = (a: number, b: number): number => a + b;
const pair = (a: number, b: number): number => [a, b].length; // ! array literal

const list = [1, 2];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = list.reduce(pair, 0);
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
				state = list.reduce(sum, 0);
				return done(state);
			},
		};
	});
	run(task());
}
