/**
 * Everything at once, for so many rounds: three dispatchers' executors and main; work that submits work, that is attached to the executor
 * which it runs on, that is cancelled wherever it is, asked to stop, that throws, sleeps, yields; posted work with its full pool; then each
 * dispatcher quits in the middle of it. What comes back is counted: nothing may be lost.
 */
import { CANCELLED, ENOBUFS, log, sleep, task, untilStop, yieldNow } from "stator";
import {
	attach,
	executorCount,
	here,
	run,
	sharedTask,
	Work,
	WorkDispatcher,
	workInput,
	workOutput,
} from "stator/threads";

const ROUNDS = 300;
const WORKS = 48;

const fast = new WorkDispatcher({ executors: 2, capacity: 32 });
const slow = new WorkDispatcher({ executors: 1 });

const bytes = new Uint8Array(16);
const echo = sharedTask(
	"echo",
	task({ pool: 4 }, async (n: number) => {
		const count = workInput(bytes);
		for (let i = 0; i < count; i++) bytes[i] += n;
		return workOutput(bytes, 0, count);
	}),
);
const leaf = sharedTask(
	"leaf",
	task({ pool: 4 }, async (n: number) => {
		await yieldNow();
		return n + 1;
	}),
);
const inner = [new Work(leaf), new Work(leaf)];
let innerUsed = 0;
/** Its work of its own goes to the other dispatcher, and to the executor that it is on. */
const tree = sharedTask(
	"tree",
	task({ pool: 2 }, async (n: number) => {
		const own = inner[innerUsed++ & 1];
		if (own.status === 1) return n + 2; // the other one uses it
		if (slow.submit(own.set(n)) < 0) return n + 2;
		const first = await own.join();
		if (first === CANCELLED) return n + 2;
		if (attach(own.set(first as number), here()) < 0) return n + 2;
		const second = await own.join();
		return second === CANCELLED ? n + 2 : (second as number);
	}),
);
const waits = sharedTask(
	"waits",
	task({ pool: 3 }, async (ms: number) => {
		try {
			await sleep(ms);
			return 1;
		} finally {
			await yieldNow();
		}
	}),
);
const asked = sharedTask(
	"asked",
	task({ pool: 3 }, async () => {
		await untilStop();
		return 2;
	}),
);
const nothing = sharedTask(
	"nothing",
	task({ pool: 2 }, async () => {
		await yieldNow();
	}),
);

const echoes: Work<[number]>[] = [];
const trees: Work<[number]>[] = [];
const sleepers: Work<[number]>[] = [];
const askeds: Work<[]>[] = [];
for (let i = 0; i < WORKS; i++) {
	echoes.push(new Work(echo, { bytes: 16, priority: i % 3 === 0 ? "high" : "low" }));
	trees.push(new Work(tree));
	sleepers.push(new Work(waits));
	askeds.push(new Work(asked));
}
const sent = new Uint8Array(16);
const got = new Uint8Array(16);

run(async () => {
	let wrong = 0;
	let cancelled = 0;
	let full = 0;
	for (let round = 0; round < ROUNDS; round++) {
		for (let i = 0; i < WORKS; i++) {
			sent[3] = round + i;
			echoes[i].setBytes(sent);
			if (fast.submit(echoes[i].set(i)) !== 0) wrong++;
			if ((i % 4 === 0 ? attach(trees[i].set(i), i % executorCount()) : fast.submit(trees[i].set(i))) !== 0) wrong++;
			if (i % 6 === 0) {
				if (slow.submit(sleepers[i].set(i % 5 === 0 ? 1000 : 0)) !== 0) wrong++;
				if (attach(askeds[i], (i / 6) % executorCount()) !== 0) wrong++;
			}
			if (fast.post(nothing) === ENOBUFS) full++;
		}
		for (let i = 0; i < WORKS; i += 6) {
			askeds[i].requestStop();
			if (i % 5 === 0) sleepers[i].cancel();
		}
		for (let i = 0; i < WORKS; i++) {
			if ((await echoes[i].join()) !== 16) wrong++;
			echoes[i].getBytes(got);
			if (got[3] !== ((round + i + i) & 0xff)) wrong++;
			if ((await trees[i].join()) !== i + 2) wrong++;
			if (i % 6 !== 0) continue;
			const slept = await sleepers[i].join();
			if (slept === CANCELLED) cancelled++;
			else if (slept !== 1) wrong++;
			if ((await askeds[i].join()) !== 2) wrong++;
		}
	}
	if ((await fast.wait()) !== 0) wrong++;
	log("wrong", wrong);
	log("cancelled", cancelled === ROUNDS * 2 ? 1 : 0);
	log("full", full > 0 ? 1 : 0);
	for (let i = 0; i < WORKS; i++) fast.submit(sleepers[i].set(5));
	const left = await fast.quit(1, 10000);
	log("left", left <= 1 ? 1 : 0);
	await fast.quit();
	let ended = 0;
	for (let i = 0; i < WORKS; i++) {
		const value = await sleepers[i].join();
		if (value === CANCELLED || value === 1) ended++;
	}
	log("ended", ended);
	log("refused", fast.submit(sleepers[0]));
});
