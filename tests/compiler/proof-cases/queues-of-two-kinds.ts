/** Two queues of one class: text in one does not make text of the other. */
import { done, log, pollTask, run } from "stator";

class Ring<T> {
	private readonly items: T[] = [];
	private at = 0;
	constructor(first: T) {
		this.items.push(first, first);
	}
	put(item: T): void {
		this.items[this.at & 1] = item;
		this.at++;
	}
	take(): T {
		return this.items[this.at & 1];
	}
}

const names = new Ring("a");
const numbers = new Ring(1);
names.put("b");
numbers.put(2);

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				log(names.take() + "!"); // ! string concatenation
				state = numbers.take() + 1;
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
				log(names.take());
				state = numbers.take() + 1;
				return done(state);
			},
		};
	});
	run(task());
}
