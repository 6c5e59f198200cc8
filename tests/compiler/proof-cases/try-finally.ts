/** So does a finally. */
import { done, pollTask, run } from "stator";

function work(x: number): number {
	return x + Date.now();
}

let busy = true;

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				try {
					// ! try statement
					state = work(id);
				} finally {
					busy = false;
				}
				return done(busy ? 1 : state);
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
				state = work(id);
				busy = false;
				return done(busy ? 1 : state);
			},
		};
	});
	run(task());
}
