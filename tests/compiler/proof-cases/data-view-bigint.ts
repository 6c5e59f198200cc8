/** Wide integers from a buffer. */
import { done, pollTask, run } from "stator";

const view = new DataView(new ArrayBuffer(8));

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = Number(view.getBigInt64(0)); // ! getBigInt64
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
				state = view.getInt32(0) + view.getFloat32(4);
				return done(state);
			},
		};
	});
	run(task());
}
