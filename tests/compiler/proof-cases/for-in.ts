/** Properties are named. */
import { done, pollTask, run } from "stator";

const point = { x: 1, y: 2 };

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				for (const key in point) if (key === "x") state++; // ! for-in
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
				if ("x" in point) state++;
				return done(state);
			},
		};
	});
	run(task());
}
