/** A level that takes a date apart every millisecond. */
import { print, sleep } from "stator";
import { InterruptExecutor } from "stator/levels";

InterruptExecutor.at(20, 2).run(async () => {
	for (;;) {
		await sleep(1);
		if (new Date(1999, 11, 31, 23, 58, 59).getHours() !== 23) print("wrong in the level");
	}
});
