/** Symbol.iterator makes an iterator; another member named by a symbol is what it is. */
import { done, pollTask, run } from "stator";

const list = [1, 2, 3];
const thing = { count: 0, [Symbol.dispose](): void {} };

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = list[Symbol.iterator]().next().done ? 1 : 0; // ! iterator
				return done(state + id);
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
				thing[Symbol.dispose]();
				state = thing.count + 1;
				return done(state + id);
			},
		};
	});
	run(task());
}
