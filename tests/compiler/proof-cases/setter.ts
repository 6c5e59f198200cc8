/** A setter is a call. */
import { done, pollTask, run } from "stator";

class Box {
	list = [1];
	set copied(x: number) {
		this.list = [x]; // ! array literal
	}
	set first(x: number) {
		this.list[0] = x;
	}
}

const box = new Box();

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				box.copied = id;
				state = box.list[0];
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
				box.first = id;
				state = box.list[0];
				return done(state);
			},
		};
	});
	run(task());
}
