/** Tasks are declared at start-up. */
import { done, pollTask, READY, run } from "stator";

// biome-ignore format: the mark belongs to this line
const quick = () => ({ poll: () => READY }); // ! object literal
const other = pollTask({}, quick);

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = pollTask({}, quick)(); // ! allocates
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
				state = other();
				return done(state);
			},
		};
	});
	run(task());
}
