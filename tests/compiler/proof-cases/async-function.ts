/** An async function makes a promise at each call. */
import { done, pollTask, run } from "stator";

async function later(): Promise<number> {
	return 1;
}

function soon(): number {
	return Date.now() | 0;
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll() {
				void later(); // ! async function
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
				state = soon();
				return done(state);
			},
		};
	});
	run(task());
}
