/** Takes every message from the thread and the handler, sees that none is missing or twice, and hands it on. */
import { print } from "stator";
import { InterruptExecutor } from "stator/levels";
import { Sample, samples, seen } from "./samples.ts";

InterruptExecutor.at(20, 1).run(async () => {
	let thread = 0;
	let handler = 0;
	for (;;) {
		const message = await samples.next();
		const number = message.get(Sample.number);
		if (message.get(Sample.source) === 0) {
			if (number !== thread++) print("wrong: a message of the thread");
		} else if (number !== handler++) print("wrong: a message of the handler");
		seen.put(message);
	}
});
