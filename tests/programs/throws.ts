/** An exception that nothing catches. */
import { done, pollTask, run } from "stator";

const bad = pollTask({ name: "bad" }, () => ({
	poll(id) {
		if (id >= 0) throw new RangeError("nobody catches this");
		return done();
	},
}));

run(bad());
