/** Plain tasks on XS: many awaits, one after another in one turn and over many turns, also in helpers, with errors and a cancellation. */
import { CANCELLED, Channel, JoinHandle, plainTask, print, run, sleep, spawn, yieldNow } from "stator";

const channel = new Channel<number>(2);

async function twice(value: number): Promise<number> {
	await undefined;
	return value * 2;
}

/** Several helpers deep: each return is a promise job of its own, and an operation is awaited behind all of them. */
async function deep(levels: number): Promise<number> {
	if (levels === 0) {
		await yieldNow();
		return 1;
	}
	return (await deep(levels - 1)) + 1;
}

const yielding = plainTask({ name: "yielding" }, async (times: number) => {
	let turns = 0;
	for (let i = 0; i < times; i++) {
		await yieldNow();
		turns++;
	}
	return turns;
});

const sending = plainTask({ name: "sending" }, async (count: number) => {
	for (let i = 1; i <= count; i++) await channel.send(await twice(i));
});

const failing = plainTask({ name: "failing" }, async () => {
	await yieldNow();
	await sleep(1);
	throw new Error("expected");
});

const forever = plainTask({ name: "forever" }, async () => {
	try {
		for (;;) {
			await twice(1);
			await yieldNow();
		}
	} finally {
		print("forever: cleaned up");
	}
});

const root = plainTask({ name: "root" }, async () => {
	const turns = spawn(yielding(100), new JoinHandle());
	const sent = spawn(sending(5), new JoinHandle());
	let sum = 0;
	for (let i = 0; i < 5; i++) sum += await channel.receive();
	await sent.join();
	print("received " + sum);
	print("turns " + (await turns.join()));

	let depth = 0;
	for (let i = 0; i < 3; i++) depth += await deep(6);
	print("deep " + depth);

	// What is ready at once is taken in the same turn.
	channel.trySend(1);
	channel.trySend(2);
	print("at once " + (await channel.receive()) + " " + (await channel.receive()));

	try {
		await spawn(failing(), new JoinHandle()).join();
	} catch (error) {
		print("failing: " + (error as Error).message);
	}

	const endless = spawn(forever(), new JoinHandle());
	await sleep(5);
	endless.cancel();
	print("forever: " + ((await endless.join()) === CANCELLED ? "cancelled" : "not cancelled"));
});

run(root());
