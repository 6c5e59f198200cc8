/** A boolean has no methods without a wrapper. */
import { done, pollTask, run } from "stator";

let on = true;
if (Date.now() < 0) on = false;

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				if (on.valueOf()) state = 1; // ! .valueOf of a boolean
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
				if (on) state = 1;
				return done(state);
			},
		};
	});
	run(task());
}
