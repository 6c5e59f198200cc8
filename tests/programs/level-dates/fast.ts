/** A level that takes a date apart every two milliseconds: that takes it nearly one, and the rest is main's. */
import { print, sleep } from "stator";
import { InterruptExecutor } from "stator/levels";

InterruptExecutor.at(20, 2).run(async () => {
	for (;;) {
		await sleep(2);
		if (new Date(1999, 11, 31, 23, 58, 59).getHours() !== 23) print("wrong in the level");
	}
});
