/** Arrays, known by their type, are walked by index; what only can be iterated makes an iterator. */
import { done, pollTask, run } from "stator";

const list = [1, 2];
const bytes: Iterable<number> = new Uint8Array(4);

function sum(of: readonly number[]): number {
	let all = 0;
	for (const x of of) all += x;
	return all;
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				for (const x of bytes) state += x; // ! for-of
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
				for (const x of list) state += x;
				state += sum(list);
				return done(state);
			},
		};
	});
	run(task());
}
