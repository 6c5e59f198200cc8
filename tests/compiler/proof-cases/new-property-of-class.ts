/** A field that is only declared in the type. */
import { done, pollTask, run } from "stator";

class Counter {
	count: number;
	declare extra: number;
	constructor() {
		this.count = 0;
	}
}

const counter = new Counter();

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				counter.extra = id; // ! adds the property extra
				state = counter.count;
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
			poll(id) {
				counter.count = id;
				state = counter.count;
				return done(state);
			},
		};
	});
	run(task());
}
