/** String() of a number. */
import { done, log, pollTask, run } from "stator";

let name = "led";
if (Date.now() < 0) name = "";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll(id) {
				log(String(id)); // ! String of something
				return done(state);
			},
		};
	});
	run(task());
}

accepted: {
	const task = pollTask({ name: "accepted" }, () => {
		const state = 0;
		return {
			poll() {
				log(String(name));
				return done(state);
			},
		};
	});
	run(task());
}
