/** Functions in properties are followed. */
import { done, pollTask, run } from "stator";

const device = {
	read(): number {
		return [1, 2].length; // ! array literal
	},
	count(): number {
		return 2;
	},
};

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = device.read();
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
				state = device.count();
				return done(state);
			},
		};
	});
	run(task());
}
