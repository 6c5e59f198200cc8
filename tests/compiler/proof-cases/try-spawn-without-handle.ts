/** So does trySpawn. */
import { done, JoinHandle, pollTask, READY, run, spawnDetached, trySpawn } from "stator";

const handle = new JoinHandle<void>();
const other = pollTask({}, () => ({ poll: () => READY }));
if (Date.now() < 0) trySpawn(other());

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll() {
				trySpawn(other()); // ! call of trySpawn, which allocates
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
				if (trySpawn(other(), handle) === undefined) state = spawnDetached(other());
				return done(state);
			},
		};
	});
	run(task());
}
