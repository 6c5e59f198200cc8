/** A level with two tasks. */
import { Channel, sleep, spawn, task } from "stator";
import { InterruptExecutor } from "stator/levels";

const values = new Channel<number>(1);

const consumer = task({ priority: "high" }, async () => {
	for (;;) await values.receive();
});

InterruptExecutor.at(21, 3).run(async () => {
	spawn(consumer(), null);
	for (let value = 0; ; value++) {
		await sleep(7);
		await values.send(value);
	}
});
