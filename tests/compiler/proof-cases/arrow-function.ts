/** A callback is made once. */
import { done, pollTask, run } from "stator";

function apply(f: (x: number) => number): number {
	return f(1);
}

let base = 0;
const step = (x: number): number => x + base;

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = apply((x: number) => x + id); // ! function made at run time
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
				base = id;
				state = apply(step);
				return done(state);
			},
		};
	});
	run(task());
}
