/** A default that makes something. */
import { done, pollTask, run } from "stator";

const point: { x?: number; inner?: { x: number } } = {};

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				const { inner = { x: 2 } } = point; // ! object literal
				state = inner.x;
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
				const { x = 2 } = point;
				state = x;
				return done(state);
			},
		};
	});
	run(task());
}
