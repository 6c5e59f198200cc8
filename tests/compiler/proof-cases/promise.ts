/** Promises are objects. */
import { done, pollTask, run } from "stator";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				void Promise.resolve(id); // ! Promise.resolve
				state = id;
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
				state = id;
				return done(state);
			},
		};
	});
	run(task());
}
