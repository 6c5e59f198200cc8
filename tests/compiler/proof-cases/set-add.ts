/** So does a set. */
import { done, pollTask, run } from "stator";

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		const seen = new Set<number>();
		return {
			poll(id) {
				seen.add(id); // ! Set's add
				state = seen.size;
				return done(state);
			},
		};
	});
	run(task());
}

accepted: {
	const task = pollTask({ name: "accepted" }, () => {
		let state = 0;
		let seen = 0;
		return {
			poll(id) {
				seen |= 1 << (id & 31);
				state = seen;
				return done(state);
			},
		};
	});
	run(task());
}
