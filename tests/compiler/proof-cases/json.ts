/** Messages are bytes. */
import { done, log, pollTask, run } from "stator";

const point = { x: 1 };
const bytes = new Uint8Array(1);

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll() {
				log(JSON.stringify(point)); // ! JSON.stringify
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
				bytes[0] = point.x;
				state = bytes[0];
				return done(state);
			},
		};
	});
	run(task());
}
