/**
 * N6 The policy "deadline": the earliest first, whatever the order of the wakes; counted from the wake, set, changed while it waits and
 * runs, taken away; without one behind all others, by level, then in turn.
 */
import { Channel, deadlineOf, JoinHandle, log, now, run, setDeadline, sleep, spawn, task, yieldNow } from "stator";

const go = new Channel<number>(8);
/** How many have come to wait: the root goes on by what has happened, not by time, which is real on Linux. */
let parked = 0;

/** Each waits for its own channel, so that they can be woken in an order. */
const gates = [new Channel<number>(1), new Channel<number>(1), new Channel<number>(1), new Channel<number>(1)];

const slow = task({ deadline: 500 }, async (gate: Channel<number>) => {
	for (let i = 1; i <= 2; i++) {
		parked++;
		await gate.receive();
		log("slow", i);
	}
});
const quick = task({ deadline: 20 }, async (gate: Channel<number>) => {
	for (let i = 1; i <= 2; i++) {
		parked++;
		await gate.receive();
		log("quick", i);
	}
});
const none = task({ pool: 2 }, async (name: string, gate: Channel<number>) => {
	for (let i = 1; i <= 2; i++) {
		parked++;
		await gate.receive();
		log(name, i);
	}
});
const low = task({ priority: "low" }, async () => {
	parked++;
	await go.receive();
	for (let i = 1; i <= 2; i++) {
		log("low", i);
		await yieldNow();
	}
});
const normal = task({ pool: 2 }, async (name: string) => {
	parked++;
	await go.receive();
	for (let i = 1; i <= 3; i++) {
		log(name, i);
		await yieldNow();
	}
});

const a = new JoinHandle<void>();
const b = new JoinHandle<void>();
const c = new JoinHandle<void>();
const d = new JoinHandle<void>();

run(async () => {
	spawn(none("a", gates[0]), a);
	spawn(slow(gates[1]), b);
	spawn(none("c", gates[2]), c);
	spawn(quick(gates[3]), d);
	while (parked < 4) await sleep(1);
	log("a deadline before", deadlineOf(a) === undefined ? 0 : 1);
	setDeadline(c, now() + 100);
	for (let i = 0; i < 4; i++) gates[i].trySend(i);
	while (parked < 8) await sleep(1);
	log("changed");
	// While they wait: the slow one becomes the first, b has none any more.
	setDeadline(b, now() - 5);
	setDeadline(c, undefined);
	setDeadline(a, now() + 1000);
	for (let i = 0; i < 4; i++) gates[i].trySend(i);
	await a.join();
	await b.join();
	await c.join();
	await d.join();
	log("ended", setDeadline(a, 1));

	log("without");
	spawn(low(), a);
	spawn(normal("x"), b);
	spawn(normal("y"), c);
	while (parked < 11) await sleep(1);
	for (let i = 0; i < 3; i++) go.trySend(i);
	await a.join();
	await b.join();
	await c.join();
	log("end");
});
