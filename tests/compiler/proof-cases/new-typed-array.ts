/** Buffers are made at start-up. */
import { done, pollTask, run } from "stator";

let buffer = new Uint8Array(4);

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				buffer = new Uint8Array(4); // ! new Uint8Array
				state = buffer[0];
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
				buffer.fill(0);
				state = buffer[0];
				return done(state);
			},
		};
	});
	run(task());
}
