/** A template makes a new string of strings too. */
import { done, log, pollTask, run } from "stator";

let name = "led";
const other = "lamp";
if (other.length > 9) name = other;

refused: {
	const task = pollTask({ name: "refused" }, () => {
		const state = 0;
		return {
			poll() {
				log(`${name}!`); // ! template literal
				return done(state);
			},
		};
	});
	run(task());
}

accepted: {
	const task = pollTask({ name: "accepted" }, () => {
		const state = 0;
		return {
			poll() {
				log(name);
				return done(state);
			},
		};
	});
	run(task());
}
