/** What Object.defineProperty makes a getter runs whenever the property is read. */
import { done, pollTask, run } from "stator";

const size = { value: 1, other: 1 };
refused: {
	Object.defineProperty(size, "value", { get: () => [1, 2].length }); // ! array literal
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = size.value;
				return done(state + id);
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
				state = size.value;
				return done(state + id);
			},
		};
	});
	run(task());
}
