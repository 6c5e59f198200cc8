/** A property that start-up did not give. */
import { done, pollTask, run } from "stator";

const point: { x: number; y?: number } = { x: 1 };
const other: { x: number; y: number | undefined } = { x: 1, y: undefined };

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				point.y = id; // ! adds the property y
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
			poll(id) {
				other.y = id;
				state = other.x;
				return done(state);
			},
		};
	});
	run(task());
}
