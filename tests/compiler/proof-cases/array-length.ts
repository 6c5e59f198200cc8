/** Nor by their length. */
import { done, pollTask, run } from "stator";

class Ring {
	length = 0;
}

const list = [0, 0];
const ring = new Ring();

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				list.length = 0; // ! assignment to length
				state = list[0];
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
				ring.length = 0;
				state = ring.length;
				return done(state);
			},
		};
	});
	run(task());
}
