/** The less urgent level wakes the other one in the middle of its turn. */
import { print } from "stator";
import { InterruptExecutor } from "stator/levels";
import { toHigh, toLow } from "./queues.ts";

InterruptExecutor.at(21, 2).run(async () => {
	for (;;) {
		const number = await toLow.wait();
		print("low begins");
		toHigh.signal(number);
		print("low ends");
	}
});
