/** C that recurses without an end, called by a task. */
import { done, pollTask, print, run } from "stator";
import { dive } from "./runaway.native.js";

const diver = pollTask({ name: "diver" }, () => ({
	start() {},
	poll() {
		dive();
		return done();
	},
}));

print("diving");
run(diver());
