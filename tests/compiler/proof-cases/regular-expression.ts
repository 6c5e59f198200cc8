/** Patterns are objects, and matching makes more. */
import { done, pollTask, run } from "stator";

let name = "a";
if (Date.now() < 0) name = "b";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				if (/a/.test(name)) state = 1; // ! regular expression
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
				if (name === "a") state = 1;
				return done(state);
			},
		};
	});
	run(task());
}
