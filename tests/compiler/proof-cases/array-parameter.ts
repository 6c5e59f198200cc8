/** A parameter that is taken apart like an array. */
import { done, pollTask, run } from "stator";

function first([a, b]: number[]): number {
	// ! destructuring of an array
	return a + b;
}

function only({ x, y = 2 }: { x: number; y?: number }): number {
	return x + y;
}

const list = [1, 2];
const point = { x: 1 };

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = first(list);
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
				state = only(point);
				return done(state);
			},
		};
	});
	run(task());
}
