/** parseInt of a number makes text first; of text it does not. */
import { done, pollTask, run } from "stator";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = parseInt(id as unknown as string, 10); // ! parseInt of something
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
				state = parseInt("12", 10) + (id | 0);
				return done(state);
			},
		};
	});
	run(task());
}
