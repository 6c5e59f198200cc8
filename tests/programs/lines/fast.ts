/** A level that writes a line every millisecond, whatever main is writing then. */
import { log, sleep } from "stator";
import { InterruptExecutor } from "stator/levels";

InterruptExecutor.at(20, 2).run(async () => {
	for (let line = 1; ; line++) {
		await sleep(1);
		log("a line of the level, which has come in between", line);
	}
});
