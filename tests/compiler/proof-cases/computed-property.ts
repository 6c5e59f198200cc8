/** A table whose keys are text. */
import { done, pollTask, run } from "stator";

const NAMES = ["a", "b"];

const seen: Record<string, number> = {};
const counts = [0, 0];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		return {
			poll(id) {
				seen[NAMES[id & 1]] = 1; // ! property whose name is computed
				return done(seen.a + counts[0]);
			},
		};
	});
	run(task());
}

accepted: {
	const task = pollTask({ name: "accepted" }, () => {
		return {
			poll(id) {
				counts[id & 1] = 1;
				return done(seen.a + counts[0]);
			},
		};
	});
	run(task());
}
