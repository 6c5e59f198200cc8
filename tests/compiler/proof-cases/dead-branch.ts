/** What start-up does may allocate, whatever the task is called with. */
import { done, pollTask, run } from "stator";

function prepare(x: number): number {
	return [x].length; // ! array literal
}
export const ready = prepare(1);

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = prepare(id);
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
