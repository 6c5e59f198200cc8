/** A comment may stand above a method, and above an arrow function. */
import { done, pollTask, run } from "stator";

class Device {
	// stator: allows-allocation only while the lid is open
	boxed(): number {
		return [1].length;
	}
	raw(): number {
		return [1].length; // ! array literal
	}
}

// stator: allows-allocation only while the lid is open
const helper = (): number => [1].length;

const device = new Device();

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = device.raw();
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
				state = device.boxed() + helper();
				return done(state);
			},
		};
	});
	run(task());
}
