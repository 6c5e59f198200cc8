/** Waiting is the library's business. */
import { done, pollTask, run, Sleep } from "stator";

function later(): void {
	Date.now();
}

const pause = new Sleep();
pause.start(5);

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll() {
				setTimeout(later, 5); // ! setTimeout
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
				state = pause.poll(id);
				return done(state);
			},
		};
	});
	run(task());
}
