/** BigInts are chunks. */
import { done, pollTask, run } from "stator";

let total = 7n;
if (Date.now() < 0) total = 9n;

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				if (total > 5n) state = 1; // ! BigInt
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
				if (state > 5) state = 1;
				return done(state);
			},
		};
	});
	run(task());
}
