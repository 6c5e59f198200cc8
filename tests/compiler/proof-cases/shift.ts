/** The same at its beginning. */
import { done, pollTask, run } from "stator";

const list = [0, 0, 0, 0];
let head = 0;

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = list.shift() as number; // ! Array's shift
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
				state = list[head & 3];
				head++;
				return done(state);
			},
		};
	});
	run(task());
}
