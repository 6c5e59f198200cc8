/** One method name, two classes: what is not called is not counted. */
import { done, pollTask, run } from "stator";

class Loud {
	say(): number {
		return [1].length; // ! array literal
	}
}
class Quiet {
	say(): number {
		return 1;
	}
}

const loud = new Loud();
const quiet = new Quiet();

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = loud.say();
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
				state = quiet.say();
				return done(state);
			},
		};
	});
	run(task());
}
