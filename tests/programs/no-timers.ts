/** A program that waits for nothing that has to do with time. */
import { done, pollTask, print, run, wake } from "stator";

const work = pollTask({ name: "work" }, () => ({
	poll(id) {
		wake(id);
		return done();
	},
}));

run(work());
print("done");
