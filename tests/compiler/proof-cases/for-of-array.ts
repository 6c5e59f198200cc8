/** Arrays are walked by index. */
import { done, pollTask, run } from "stator";

const list = [1, 2];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				for (const x of list) state += x; // ! for-of
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
				for (let i = 0; i < list.length; i++) state += list[i];
				return done(state);
			},
		};
	});
	run(task());
}
