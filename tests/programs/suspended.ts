/** Tasks that wait for everything that a debugger should be able to name. */
import { Channel, JoinHandle, PENDING, pollTask, run, sleep, spawn, task } from "stator";

const numbers = new Channel<number>(1);

async function twice(ms: number): Promise<void> {
	await sleep(ms);
	await sleep(ms);
}

const nested = task({ priority: "high" }, async () => {
	for (;;) await twice(40);
});

const many = task({ pool: 12 }, async (ms: number) => {
	for (;;) await twice(ms);
});

const byHand = pollTask({ name: "byHand" }, () => ({ poll: () => PENDING }));

const reader = task(async () => numbers.receive());

const reading = new JoinHandle<number>();

run(async () => {
	spawn(nested(), null);
	spawn(many(1000), null);
	spawn(many(2000), null);
	spawn(byHand(), null);
	spawn(reader(), reading);
	await sleep(100);
	await numbers.send(7);
	await reading.join();
});
