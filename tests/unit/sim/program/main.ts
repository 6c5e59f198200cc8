/**
 * A program that uses most of what a task can wait on, for the simulator's tests: nothing of it is at fault, whatever comes when. Bugs
 * are planted in the library below it (../mutations.ts).
 */
import {
	Barrier,
	CANCELLED,
	Channel,
	JoinHandle,
	join,
	Mutex,
	run,
	Semaphore,
	Signal,
	select,
	sleep,
	spawn,
	TIMEOUT,
	task,
	trySpawn,
	withTimeout,
	yieldNow,
} from "stator";
import { sharedQueue } from "stator/actor";
import { button, interrupt } from "stator/board";
import { Sample } from "./sample.ts";

const samples = sharedQueue("samples", Sample, 3);
const numbers = new Channel<number>(2);
const presses = new Signal<number>();
const bus = new Mutex<number>(0);
const slots = new Semaphore(1);
const meeting = new Barrier(3);
let inside = 0;
let working = 0;

function assert(held: boolean, what: string): void {
	if (!held) throw new Error(what);
}

const producer = task(async () => {
	for (let i = 0; ; i++) {
		await numbers.send(i);
		if (i % 5 === 4) await sleep(7);
	}
});

const consumer = task(async () => {
	for (let expected = 0; ; expected++) {
		const value = await numbers.receive();
		assert(value === expected, "numbers arrive in order");
		if (value % 16 === 0) await sleep(3);
	}
});

const taker = task({ pool: 2 }, async (id: number) => {
	for (;;) {
		using message = await samples.next();
		assert(message.get(Sample.value) < 100, "a sample is what was put in");
		await sleep(id + 1);
	}
});

const watch = task(async () => {
	for (let count = 1; ; count++) {
		await button.edge("falling");
		presses.signal(count);
		await sleep(5);
	}
});

const vectors = task({ pool: 4 }, async (vector: number) => {
	for (;;) {
		const came = await interrupt(vector);
		assert(came >= 1, "an interrupt came");
	}
});

const locker = task({ pool: 3, priority: "high" }, async (ms: number) => {
	for (;;) {
		{
			using _guard = await bus.lock();
			assert(++inside === 1, "one task has the lock");
			await sleep(ms);
			inside--;
		}
		await meeting.wait();
		await sleep(9 - ms);
	}
});

const worker = task({ pool: 3 }, async (ms: number) => {
	using _permit = await slots.acquire();
	assert(++working === 1, "one worker has the permit");
	try {
		await sleep(ms);
		return ms;
	} finally {
		await yieldNow();
		working--;
	}
});

const handles: JoinHandle<number>[] = [];
for (let i = 0; i < 3; i++) handles.push(new JoinHandle<number>());

/** Spawns workers, joins some, cancels others. */
const overseer = task(async () => {
	for (let round = 0; ; round++) {
		for (let i = 0; i < 3; i++) {
			const started = trySpawn(worker(5 + 10 * i), handles[i]);
			assert(started !== undefined, "a worker's slot is free again");
		}
		await sleep(20);
		if (round % 2 === 0) handles[2].cancel();
		const two = await join(handles[0].join(), handles[1].join());
		assert(two.first === 5 || two.first === CANCELLED, "the first worker has slept");
		const third = await handles[2].join();
		assert(third === CANCELLED || third === 25, "the third was cancelled, or slept");
	}
});

run(async () => {
	spawn(producer());
	spawn(consumer());
	for (let i = 0; i < 2; i++) {
		spawn(taker(i), null);
		for (let j = 0; j < 2; j++) spawn(vectors(7 + i), null);
	}
	for (let i = 0; i < 3; i++) spawn(locker(2 * i), null);
	spawn(watch());
	spawn(overseer());
	let last = 0;
	for (;;) {
		const first = await select(presses.wait(), sleep(30));
		if (first.index === 0) {
			assert(first.value > last, "presses count up");
			last = first.value;
		}
		const next = await withTimeout(presses.wait(), 10);
		if (next !== TIMEOUT) last = next;
	}
});
