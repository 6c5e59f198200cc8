/** The operand's type comes from the call. */
import { done, log, pollTask, run } from "stator";

function label(n: number, name: string): string {
	return name + n; // ! string concatenation
}

function sum(a: number, b: number): number {
	return a + b;
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll(id) {
				log(label(id, "led"));
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
				state = sum(id, 5);
				return done(state);
			},
		};
	});
	run(task());
}
