/** A property that start-up filled with text. */
import { done, log, pollTask, run } from "stator";

const device = { name: "t", unit: "C", x: 1, y: 2 };
if (Date.now() < 0) device.name = "u";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll() {
				log(device.name + device.unit); // ! string concatenation
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
				log(device.name);
				state = device.x + device.y;
				return done(state);
			},
		};
	});
	run(task());
}
