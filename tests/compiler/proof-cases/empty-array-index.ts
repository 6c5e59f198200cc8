/** An array that start-up leaves empty grows when it is written. */
import { done, pollTask, run } from "stator";

const empty: number[] = [];
const filled = new Array<number>(4).fill(0);

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				empty[id & 3] = id; // ! empty when start-up is over
				state = empty[0];
				return done(state + id);
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
				filled[id & 3] = id;
				state = filled[0];
				return done(state + id);
			},
		};
	});
	run(task());
}
