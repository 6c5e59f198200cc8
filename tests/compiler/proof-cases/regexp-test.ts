/** A pattern made at start-up still matches by allocating. */
import { done, pollTask, run } from "stator";

const pattern = /b/;
let text = "abc";
if (Date.now() < 0) text = "";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				if (pattern.test("abc")) state = 1; // ! RegExp's test
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
				if (text === "abc") state = 1;
				return done(state);
			},
		};
	});
	run(task());
}
