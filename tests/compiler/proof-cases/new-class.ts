/** Instances are made in the factory. */
import { done, pollTask, run } from "stator";

class Point {
	x: number;
	constructor(x: number) {
		this.x = x;
	}
}

let last = new Point(0);

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				last = new Point(id); // ! new Point
				state = last.x;
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
				last.x = id;
				state = last.x;
				return done(state);
			},
		};
	});
	run(task());
}
