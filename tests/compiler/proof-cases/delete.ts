/** A property stays, its value goes. */
import { done, pollTask, run } from "stator";

const point: { x?: number | undefined; y: number } = { x: 1, y: 2 };

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				delete point.x; // ! delete
				state = point.y;
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
				point.x = undefined;
				state = point.y;
				return done(state);
			},
		};
	});
	run(task());
}
