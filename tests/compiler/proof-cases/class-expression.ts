/** Classes are made at start-up. */
import { done, pollTask, run } from "stator";

class Known {
	value = 1;
}

function made(kind: typeof Known): number {
	return kind.length;
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				const Made = class {
					// ! class made at run time
					value = 1;
				};
				state = made(Made);
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
				state = made(Known);
				return done(state);
			},
		};
	});
	run(task());
}
