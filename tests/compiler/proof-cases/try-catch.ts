/** A try takes a jump record from malloc. */
import { done, pollTask, run } from "stator";

function risky(x: number): number {
	if (x < 0) throw new Error("negative");
	return x;
}

function checked(x: number): number {
	return x < 0 ? -1 : x;
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				try {
					// ! try statement
					state = risky(id);
				} catch {
					state = -1;
				}
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
				state = checked(id);
				return done(state);
			},
		};
	});
	run(task());
}
