/** Maps are walked by forEach. */
import { done, pollTask, run } from "stator";

const table = new Map([[1, 2]]);

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				for (const x of table.values()) state += x; // ! for-of
				return done(state);
			},
		};
	});
	run(task());
}

accepted: {
	const task = pollTask({ name: "accepted" }, () => {
		let state = 0;
		const add = (x: number): void => {
			state += x;
		};
		return {
			poll() {
				table.forEach(add);
				return done(state);
			},
		};
	});
	run(task());
}
