/** A task that fails while nobody waits for it; the others go on. */
import { done, log, pollTask, run, spawnDetached } from "stator";

const bad = pollTask({ name: "bad" }, () => ({
	poll(id) {
		if (id >= 0) throw new TypeError("alone");
		return done();
	},
}));

const good = pollTask({ name: "good" }, () => ({
	poll() {
		log("good goes on");
		return done();
	},
}));

spawnDetached(bad());
spawnDetached(good());
run();
