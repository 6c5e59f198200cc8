/** Text is printed in parts. */
import { done, log, pollTask, run } from "stator";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll(id) {
				log(`id ${id}`); // ! template literal
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
			poll(id) {
				log(`id`);
				log(id > 5 ? "large" : "small");
				return done(state);
			},
		};
	});
	run(task());
}
