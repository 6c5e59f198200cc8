/** An argument that may be undefined is one that may be left out. */
import { done, pollTask, run } from "stator";

function measure(
	x: number,
	buffer: number[] | undefined = [0], // ! array literal
): number {
	buffer[0] = x;
	return buffer[0];
}

const kept = [0];
let maybe: number[] | undefined;
if (Date.now() < 0) maybe = [1];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = measure(id, maybe);
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
