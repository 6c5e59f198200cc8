/** arguments is an object of each call's own. */
import { done, pollTask, run } from "stator";

function count(_a: number): number {
	// biome-ignore lint/complexity/noArguments: what is refused here
	return arguments.length; // ! arguments
}

function given(a?: number): number {
	return a === undefined ? 0 : 1;
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = count(id);
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
				state = given(id);
				return done(state);
			},
		};
	});
	run(task());
}
