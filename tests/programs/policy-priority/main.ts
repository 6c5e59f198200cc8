/**
 * N6 The policy "priority": what becomes ready goes before all of lower levels, also in the middle of their turns; one level shares
 * in turn; a level that never waits keeps the lower ones from theirs; priorities change while tasks wait and run.
 */
import { Channel, JoinHandle, log, run, sleep, spawn, task, yieldNow } from "stator";

const orders = new Channel<number>(8);
const go = new Channel<number>(8);
/** How many wait at `go`: the root goes on by what has happened, not by time, which is real on Linux. */
let parked = 0;

const urgent = task({ priority: "high" }, async () => {
	for (;;) {
		const order = await orders.receive();
		if (order === 0) return;
		log("urgent", order);
	}
});

/** Sends an order, and has two turns more: the urgent task has its turn between the first and the second. */
const worker = task({ pool: 3 }, async (name: string, first: number) => {
	parked++;
	await go.receive();
	log(name, 1);
	orders.trySend(first);
	await yieldNow();
	log(name, 2);
	await yieldNow();
	log(name, 3);
});

const idle = task({ priority: "low" }, async () => {
	parked++;
	await go.receive();
	log("low");
});

/** Yields without end until it is told: nothing of a lower level has a turn meanwhile, but time goes on. */
const greedy = task(async (turns: number) => {
	for (let i = 0; i < turns; i++) await yieldNow();
	log("greedy, turns", turns);
});
const starved = task({ priority: "low" }, async () => {
	log("starved until now");
});
const tick = task({ priority: "high" }, async () => {
	await sleep(1);
	log("timer");
});
const endless = task(async (of: { stop: boolean }) => {
	while (!of.stop) await yieldNow();
	log("endless has stopped");
});
const ender = task({ priority: "high" }, async (of: { stop: boolean }) => {
	await sleep(2);
	of.stop = true;
});

const urgentHandle = new JoinHandle<void>();
const idleHandle = new JoinHandle<void>();
const dHandle = new JoinHandle<void>();
const other = new JoinHandle<void>();
const last = new JoinHandle<void>();
const flag = { stop: false };

run(async () => {
	spawn(urgent(), urgentHandle);
	spawn(idle(), idleHandle);
	spawn(worker("a", 1), null);
	spawn(worker("b", 2), null);
	spawn(worker("c", 3), null);
	while (parked < 4) await sleep(1);
	// The low one comes last, after all turns of the others.
	for (let i = 0; i < 4; i++) go.trySend(i);
	await idleHandle.join();
	log("changed");
	// Its priority changes while it waits: now it goes before them.
	spawn(worker("d", 4), dHandle);
	while (parked < 5) await sleep(1);
	spawn(idle(), idleHandle);
	while (parked < 6) await sleep(1);
	idleHandle.priority = 0;
	go.trySend(1);
	go.trySend(2);
	await dHandle.join();
	await idleHandle.join();

	spawn(starved(), other);
	spawn(greedy(50), last);
	await last.join();
	await other.join();

	spawn(starved(), other);
	spawn(tick(), null);
	spawn(ender(flag), null);
	spawn(endless(flag), last);
	await last.join();
	await other.join();

	orders.trySend(0);
	await urgentHandle.join();
	log("end");
});
