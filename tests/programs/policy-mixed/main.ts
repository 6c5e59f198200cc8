/** Two executors with different policies in one program. */
import { Channel, print, sleep, spawnDetached, task } from "stator";
import { Executor } from "stator/levels";

const gates = new Channel<number>(2);

const low = task({ priority: "low" }, async () => {
	await gates.receive();
	print("low");
});
const high = task({ priority: "high" }, async () => {
	await gates.receive();
	print("high");
});

new Executor().run(async () => {
	spawnDetached(low());
	await sleep(1);
	spawnDetached(high());
	await sleep(50);
	gates.trySend(1);
	gates.trySend(2);
	await sleep(50);
	print("end");
});
