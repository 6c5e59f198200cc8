/** What an error's message captures is allocated on entry of its scope, thrown or not. */
import { done, pollTask, run } from "stator";

const list = [1, 2];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				if (id < 0) throw new Error(list.map((x) => x + id).join(" ")); // ! function made at run time
				state = id;
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
				if (id < 0) throw new Error("id " + id + " of " + list.join(" "));
				state = id;
				return done(state);
			},
		};
	});
	run(task());
}
