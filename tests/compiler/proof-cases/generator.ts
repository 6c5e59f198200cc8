/** Generators keep their stack in the heap. */
import { done, pollTask, run } from "stator";

function* steps(): Generator<number> {
	yield 1;
}

function step(at: number): number {
	return at + 1;
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = steps().next().value as number; // ! generator
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
				state = step(state);
				return done(state);
			},
		};
	});
	run(task());
}
