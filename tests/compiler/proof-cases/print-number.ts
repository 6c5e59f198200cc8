/** print takes text. */
import { done, pollTask, print, run } from "stator";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll(id) {
				print(id as unknown as string); // ! print of something
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
				if (id > 0) print("id");
				return done(state);
			},
		};
	});
	run(task());
}
