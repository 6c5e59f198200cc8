/** A map takes a slot for each new key. */
import { done, pollTask, run } from "stator";

const table = new Map([[1, 2]]);

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				table.set(id, 1); // ! Map's set
				state = table.size;
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
				state = table.get(1) ?? (table.has(2) ? 1 : 0);
				return done(state);
			},
		};
	});
	run(task());
}
