/** What an async function does after its first await, it does after start-up. */
import { done, pollTask, run } from "stator";

let flag = 0;

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		async function prepare(): Promise<void> {
			await undefined; // ! await of a promise
			flag = 1;
		}
		void prepare();
		return {
			poll() {
				state = flag;
				return done(state);
			},
		};
	});
	run(task());
}

accepted: {
	const task = pollTask({ name: "accepted" }, () => {
		let state = 0;
		function prepare(): void {
			flag = 1;
		}
		prepare();
		return {
			poll() {
				state = flag;
				return done(state);
			},
		};
	});
	run(task());
}
