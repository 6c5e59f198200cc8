/** A comment with a reason lifts a function. */
import { done, pollTask, run } from "stator";

/** Once a day. */
function unlifted(x: number): number {
	return [x].length; // ! array literal
}

// stator: allows-allocation a report once a day, collected at night
function lifted(x: number): number {
	return inner(x);
}

function inner(x: number): number {
	return [x].length;
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = unlifted(id);
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
				state = lifted(id);
				return done(state);
			},
		};
	});
	run(task());
}
