/** An object where a number is wanted. */
import { done, pollTask, run } from "stator";

const point = { x: 1 };

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = (point as unknown as number) * 2; // ! object used as a number
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
				state = point.x * 2;
				return done(state);
			},
		};
	});
	run(task());
}
