/** Arrays do not grow. */
import { done, pollTask, run } from "stator";

const list = [0, 0, 0, 0];
let count = 0;

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				list.push(id); // ! Array's push
				state = list.length;
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
				list[count & 3] = id;
				count++;
				state = list[0];
				return done(state);
			},
		};
	});
	run(task());
}
