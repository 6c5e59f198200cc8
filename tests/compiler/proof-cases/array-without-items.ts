/** new Array(n) has a length and no items. */
import { done, pollTask, run } from "stator";

const hollow = new Array<number>(8);
const filled: number[] = [];
for (let i = 0; i < 8; i++) filled[i] = 0;

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				hollow[id & 7] = id; // ! empty when start-up is over
				state = hollow[0];
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
				filled[id & 7] = id;
				state = filled[0];
				return done(state + id);
			},
		};
	});
	run(task());
}
