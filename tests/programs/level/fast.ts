/** A level: it sleeps, and what it prints comes in the middle of what main does. */
import { print, sleep } from "stator";
import { InterruptExecutor } from "stator/levels";

InterruptExecutor.at(20, 2).run(async () => {
	for (;;) {
		await sleep(10);
		print("fast");
	}
});
