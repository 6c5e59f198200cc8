/** Properties one by one. */
import { done, pollTask, run } from "stator";

const point = { x: 1 };
const other = { x: 2 };

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				Object.assign(point, other); // ! Object.assign
				state = point.x;
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
				point.x = other.x;
				state = point.x;
				return done(state);
			},
		};
	});
	run(task());
}
