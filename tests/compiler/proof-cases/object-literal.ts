/** Objects are made at start-up and filled in later. */
import { done, pollTask, run } from "stator";

let last = { x: 0 };

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				last = { x: id }; // ! object literal
				state = last.x;
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
				last.x = id;
				state = last.x;
				return done(state);
			},
		};
	});
	run(task());
}
