/** A copy is a new object. */
import { done, pollTask, run } from "stator";

let config = { x: 1, y: 2 };

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				config = { ...config, x: id }; // ! object literal
				state = config.x;
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
				config.x = id;
				state = config.x + config.y;
				return done(state);
			},
		};
	});
	run(task());
}
