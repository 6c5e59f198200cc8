/** Sums of BigInts are BigInts. */
import { done, pollTask, run } from "stator";

let total = 7n;
const step = BigInt(Date.now());

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				total = total + step; // ! BigInt
				state = total > step ? 1 : 0;
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
				state = total > step ? 1 : 0;
				return done(state);
			},
		};
	});
	run(task());
}
