/** Two producers and a consumer, with marks: what a trace has to show. Ends by itself. */
import { Channel, mark, run, sleep, spawn, task } from "stator";

const items = new Channel<number>(2);

const producer = task({ pool: 2 }, async (ms: number) => {
	for (let i = 0; i < 5; i++) {
		await sleep(ms);
		mark("sent", i);
		await items.send(i);
	}
});

const consumer = task(async () => {
	for (;;) await items.receive();
});

run(async () => {
	spawn(consumer());
	spawn(producer(10));
	spawn(producer(25));
	await sleep(200);
});
