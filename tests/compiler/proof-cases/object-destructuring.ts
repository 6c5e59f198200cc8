/** Records may be taken apart; the rest of one is a new object. */
import { done, pollTask, run } from "stator";

const point = { x: 1, y: 2 };

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				const { x, ...others } = point; // ! rest of an object pattern
				state = x + others.y;
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
				const { x, y: height } = point;
				state = x + height;
				return done(state);
			},
		};
	});
	run(task());
}
