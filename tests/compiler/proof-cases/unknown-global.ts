/** A function that the engine may not have. */
import { done, pollTask, run } from "stator";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = (globalThis as unknown as { probe(x: number): number }).probe(id); // ! call of probe
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
				state = Math.imul(id, 3);
				return done(state);
			},
		};
	});
	run(task());
}
