/**
 * Everything that a task can wait for, for a long time: each primitive of src/sync, each kind of timer, each combinator, in tasks that
 * keep step with a Ticker. BEATS periods of ten seconds; what is passed on is counted and must come out even. At the end: the
 * counts, and how far the Ticker has drifted.
 */
import {
	Barrier,
	Channel,
	join,
	Mutex,
	now,
	OnceCell,
	Pipe,
	PriorityChannel,
	PubSub,
	print,
	RwLock,
	run,
	Semaphore,
	Signal,
	select,
	sleep,
	sleepDays,
	spawn,
	TIMEOUT,
	Timer,
	task,
	Watch,
	withDeadline,
	withTimeout,
	yieldNow,
	ZeroCopyChannel,
} from "stator";
import { STAT_COLLECTIONS, STAT_GROWTH_BYTES, STAT_GROWTH_SLOTS, stat } from "#hal";

const BEATS = 200;
const PERIOD_MS = 10_000;

const numbers = new Channel<number>(1);
const urgent = new PriorityChannel<number>(2);
const frames = new ZeroCopyChannel<{ serial: number }>([{ serial: 0 }]);
const news = new PubSub<number>(1);
const reader = news.subscriber();
const level = new Watch<number>(0);
const watcher = level.watcher();
const account = new Mutex<number>(0);
const table = new RwLock<number>(0);
const permits = new Semaphore(1);
const bytes = new Pipe(2);
const ready = new OnceCell<number>();
const together = new Barrier(2);
const flash = new Signal<number>();
const silence = new Signal<number>();
const teeth = new Timer(1);
const beat = Timer.every(PERIOD_MS);
const out: number[] = [0, 0, 0];
const into: number[] = [0, 0, 0];

let wrong = 0;
let turned = 0;
let heard = 0;
/** How long after its time a beat was taken. */
let earliest = 0;
let latest = 0;

function same(actual: number, expected: number): void {
	if (actual !== expected) wrong++;
}

/** Sends each beat's number everywhere, and turns the toothed wheel. */
const conduct = task(async () => {
	await ready.wait();
	beat.reset();
	const start = now();
	let late = 0;
	for (let i = 1; i <= BEATS; i++) {
		await beat;
		late = (now() - start - i * PERIOD_MS) | 0;
		if (late < earliest) earliest = late;
		if (late > latest) latest = late;
		await numbers.send(i);
		await urgent.send(i, i & 1);
		const frame = await frames.send();
		frame.serial = i;
		frames.sendDone();
		await news.publish(i);
		level.send(i);
		flash.signal(i);
		out[0] = i & 255;
		await bytes.writeAll(out, 0, 3);
		for (let tooth = 0; tooth < 20; tooth++) teeth.tick();
		await together.wait();
	}
	return late;
});

const take = task(async () => {
	for (let i = 1; i <= BEATS; i++) {
		const both = await join(numbers.receive(), urgent.receive());
		same(both.first, i);
		same(both.second, i);
		const frame = await frames.receive();
		same(frame.serial, i);
		frames.receiveDone();
		same(await reader.next(), i);
		same(await watcher.changed(), i);
		let got = 0;
		while (got < 3) got += await bytes.read(into, got, 3 - got);
		same(into[0], i & 255);
		await together.wait();
	}
});

/** Waits for what comes, for what does not come, and for whichever is first. */
const listen = task(async () => {
	for (let i = 1; i <= BEATS; i++) {
		const first = await select(flash.wait(), sleep(2 * PERIOD_MS));
		if (first.index === 0) heard++;
		const nothing = await withTimeout(silence.wait(), 100);
		if (nothing !== TIMEOUT) wrong++;
		const never = await withDeadline(silence.wait(), now() + 50);
		if (never !== TIMEOUT) wrong++;
	}
});

const turn = task(async () => {
	for (let i = 0; i < BEATS; i++) {
		await teeth.sleepFor(20);
		turned++;
	}
});

/** Three who share what can be held by one. */
const share = task({ pool: 3 }, async (amount: number) => {
	for (let i = 0; i < BEATS; i++) {
		{
			using guard = await account.lock();
			const before = guard.value;
			await yieldNow();
			guard.value = before + amount;
		}
		{
			using permit = await permits.acquire();
			if (permit === undefined || permits.available !== 0) wrong++;
			await Timer.after(20);
		}
		{
			using guard = await table.write();
			guard.value += amount;
		}
		{
			using guard = await table.read();
			if (guard.value < amount) wrong++;
		}
		await sleep(PERIOD_MS - 100);
	}
});

const wait = task(async () => {
	const days = await select(sleepDays((BEATS * PERIOD_MS) / 86_400_000), silence.wait());
	return days.index;
});

let drift = 0;
run(async () => {
	const conducted = spawn(conduct());
	const taken = spawn(take());
	const listened = spawn(listen());
	const turning = spawn(turn());
	const shared = spawn(share(1));
	const sharedTwo = spawn(share(2));
	const sharedThree = spawn(share(3));
	const waiting = spawn(wait());
	ready.set(1);
	drift = (await conducted.join()) as number;
	await taken.join();
	await listened.join();
	await turning.join();
	await shared.join();
	await sharedTwo.join();
	await sharedThree.join();
	same((await waiting.join()) as number, 0);
});
const slots = stat(STAT_GROWTH_SLOTS);
const grown = stat(STAT_GROWTH_BYTES);
const collections = stat(STAT_COLLECTIONS);
print(
	"wrong " +
		wrong +
		", turned " +
		turned +
		", heard " +
		heard +
		", account " +
		account.guard.value +
		", table " +
		table.content,
);
print(
	"drift " +
		drift +
		" ms in " +
		(BEATS * PERIOD_MS) / 1000 +
		" seconds, beats late by " +
		earliest +
		" to " +
		latest +
		" ms",
);
print("growth " + slots + " " + grown + " " + collections);
