/** A function given to what is not known may be called at any time. */
import { done, pollTask, run } from "stator";

let flag = 0;

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		setTimeout(() => {
			flag = [1].length; // ! array literal
		}, 5);
		return {
			poll() {
				state = flag;
				return done(state);
			},
		};
	});
	run(task());
}

accepted: {
	const task = pollTask({ name: "accepted" }, () => {
		let state = 0;
		setTimeout(() => {
			flag = 1;
		}, 5);
		return {
			poll() {
				state = flag;
				return done(state);
			},
		};
	});
	run(task());
}
