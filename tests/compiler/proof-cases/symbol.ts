/** A symbol takes a name for good. */
import { done, pollTask, run } from "stator";

const OTHER = Symbol("other");

let mark = Symbol("first");

refused: {
	const task = pollTask({ name: "refused" }, () => {
		return {
			poll() {
				mark = Symbol(); // ! call of Symbol
				return done(mark);
			},
		};
	});
	run(task());
}

accepted: {
	const task = pollTask({ name: "accepted" }, () => {
		return {
			poll() {
				mark = OTHER;
				return done(mark);
			},
		};
	});
	run(task());
}
