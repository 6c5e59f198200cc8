/** N3 M16 A group of children in compiled tasks: waited for, left by `await using`, by a cancelled parent, by an exception. */
import { abortable, Channel, JoinHandle, log, run, STOPPED, sleep, spawn, TaskGroup, task } from "stator";

const group = new TaskGroup(3);
const jobs = new Channel<number>(4);
const parentHandle = new JoinHandle<number>();
parentHandle.silent = true; // what it throws is looked at, later
let cleaned = 0;
let sum = 0;

const endless = task({ pool: 2 }, async () => {
	try {
		for (;;) await sleep(1000);
	} finally {
		await sleep(1);
		cleaned++;
	}
});
const worker = task({ pool: 12 }, async () => {
	for (;;) {
		const job = await abortable(jobs.receive());
		if (job === STOPPED) return;
		sum += job;
	}
});
const failing = task(async (error: Error) => {
	await sleep(1);
	throw error;
});
const error = new RangeError("a child");

/** Leaves the block by its end, by an exception, or by being cancelled. */
const parent = task(async (how: number) => {
	await using children = group;
	children.spawn(endless());
	children.spawn(endless());
	await sleep(2);
	if (how === 1) throw error;
	if (how === 2) await children.join();
	return how;
});

run(async () => {
	for (let round = 1; round <= 10; round++) {
		for (let how = 0; how < 3; how++) {
			spawn(parent(how), parentHandle);
			await sleep(5);
			if (how === 2) parentHandle.cancel();
			try {
				await parentHandle.join();
			} catch (thrown) {
				if (thrown !== error) log("another error");
			}
			if (group.count !== 0) log("left", group.count);
		}
		group.spawn(worker());
		group.spawn(worker());
		for (let job = 1; job <= 4; job++) await jobs.send(job);
		await sleep(1);
		group.requestStop();
		await group.join();

		group.spawn(worker());
		group.spawn(failing(error));
		try {
			await group.join();
			log("no error");
		} catch (thrown) {
			if (round === 10) log(thrown === error ? "thrown by join" : "another error", group.count);
		}
	}
	log("cleaned", cleaned);
	log("sum", sum);
});
