/** An error that is kept is an object like any other; one that is thrown ends the turn. */
import { done, pollTask, run } from "stator";

let fault: Error | undefined;
if (Date.now() < 0) fault = new Error("x");

refused: {
	const task = pollTask({ name: "refused" }, () => {
		return {
			poll(id) {
				fault = id > 0 ? new RangeError("id") : undefined; // ! new RangeError
				return done(fault);
			},
		};
	});
	run(task());
}

accepted: {
	const task = pollTask({ name: "accepted" }, () => {
		return {
			poll(id) {
				if (id < 0) throw new RangeError("id is " + id);
				fault = undefined;
				return done(fault);
			},
		};
	});
	run(task());
}
