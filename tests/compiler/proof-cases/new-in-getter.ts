/** A getter is a call. */
import { done, pollTask, run } from "stator";

class Box {
	readonly inner = { x: 1 };
	get fresh(): { x: number } {
		return { x: 2 }; // ! object literal
	}
	get kept(): { x: number } {
		return this.inner;
	}
}

const box = new Box();

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = box.fresh.x;
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
				state = box.kept.x;
				return done(state);
			},
		};
	});
	run(task());
}
