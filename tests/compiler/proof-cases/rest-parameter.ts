/** A rest parameter is an array of each call's own. */
import { done, pollTask, run } from "stator";

function count(...all: number[]): number {
	// ! rest parameter
	return all.length;
}

function pair(a: number, b: number): number {
	return a > b ? a : 2 * b;
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = count(id, 2);
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
				state = pair(id, 2);
				return done(state);
			},
		};
	});
	run(task());
}
