/** Methods of the base class. */
import { done, pollTask, run } from "stator";

class Base {
	both(): number {
		return [1, 2].length; // ! array literal
	}
	own(): number {
		return 1;
	}
}
class Kind extends Base {
	override own(): number {
		return super.own() + 1;
	}
}

const kind = new Kind();

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = kind.both();
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
				state = kind.own();
				return done(state);
			},
		};
	});
	run(task());
}
