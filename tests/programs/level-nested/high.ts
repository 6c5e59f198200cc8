/** The more urgent level: above 10 it wakes the other one in the middle of its own turn. */
import { print } from "stator";
import { InterruptExecutor } from "stator/levels";
import { toHigh, toLow } from "./queues.ts";

InterruptExecutor.at(20, 1).run(async () => {
	for (;;) {
		const number = await toHigh.wait();
		if (number < 10) print(number === 1 ? "high 1" : "high 2");
		else {
			print("high begins");
			toLow.signal(2);
			print("high ends");
		}
	}
});
