/** A level that masks or does not, as the manifest says: what main does, at vector 20. */
import { log, sleep, yieldNow } from "stator";
import { InterruptExecutor } from "stator/levels";
import { attach, handledCount, raise } from "./isr.native.js";

attach();
InterruptExecutor.at(20, 2).run(async () => {
	await sleep(20);
	log("level, in its turn", raise());
	await yieldNow();
	log("level, after it", handledCount());
	// Main is told by its own clock; from here on this task answers what main raises.
	for (;;) {
		await sleep(2);
		log("level runs");
	}
});
