/** Lists of names. */
import { done, pollTask, run } from "stator";

const point = { x: 1 };

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = Object.keys(point).length; // ! Object.keys
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
				state = Object.hasOwn(point, "x") ? 1 : 0;
				return done(state);
			},
		};
	});
	run(task());
}
