/** A default is evaluated where the argument is left out. */
import { done, pollTask, run } from "stator";

function measure(
	x: number,
	buffer = [0], // ! array literal
): number {
	buffer[0] = x;
	return buffer[0];
}

const kept = [0];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = measure(id); // the default counts here
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
				state = measure(id, kept);
				return done(state);
			},
		};
	});
	run(task());
}
