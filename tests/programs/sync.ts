/**
 * Every primitive of src/sync in compiled tasks, again and again; the heap must not grow. Each pair of tasks passes ROUNDS
 * values and checks what arrives; the root joins them and compares the counts.
 */
import {
	Barrier,
	Channel,
	log,
	Mutex,
	OnceCell,
	Pipe,
	PriorityChannel,
	PubSub,
	RwLock,
	run,
	Semaphore,
	Signal,
	sleep,
	spawn,
	task,
	Watch,
	yieldNow,
	ZeroCopyChannel,
} from "stator";

const ROUNDS = 200;

const numbers = new Channel<number, undefined>(2);
const urgent = new PriorityChannel<number, undefined>(4);
const frames = new ZeroCopyChannel<{ serial: number }>([{ serial: 0 }, { serial: 0 }]);
const news = new PubSub<number>(2);
const readers = [news.subscriber(), news.subscriber()];
const settings = new Watch<number>(0);
const watcher = settings.watcher();
const account = new Mutex<number>(0);
const table = new RwLock<number>(0);
const slots = new Semaphore(2);
const bytes = new Pipe(3);
const found = new OnceCell<number>();
const start = new Barrier(2);
const beat = new Signal<number>();

function expect(what: string, actual: number, expected: number): void {
	if (actual !== expected) {
		log(what, actual);
		log("expected", expected);
		throw new Error("a wrong value");
	}
}

const produce = task(async () => {
	for (let i = 0; i < ROUNDS; i++) {
		await numbers.send(i);
		await urgent.send(i, i & 1);
	}
	numbers.close();
	urgent.close();
});

const consumeUrgent = task(async () => {
	let sum = 0;
	for await (const value of urgent) sum += value;
	return sum;
});

const consume = task(async () => {
	let count = 0;
	for await (const value of numbers) {
		expect("channel", value, count);
		count++;
	}
	return count;
});

const fill = task(async () => {
	for (let i = 0; i < ROUNDS; i++) {
		const frame = await frames.send();
		frame.serial = i;
		frames.sendDone();
		await news.publish(i);
		settings.send(i);
		beat.signal(i);
		await yieldNow();
	}
});

const empty = task(async () => {
	for (let i = 0; i < ROUNDS; i++) {
		const frame = await frames.receive();
		expect("frame", frame.serial, i);
		frames.receiveDone();
	}
});

const subscribe = task({ pool: 2 }, async (which: number) => {
	const reader = readers[which];
	let count = 0;
	while (count < ROUNDS) {
		expect("news", await reader.next(), count);
		count++;
	}
	return count;
});

const follow = task(async () => {
	let last = 0;
	while (last < ROUNDS - 1) {
		const value = await watcher.changed();
		if (value <= last && last > 0) throw new Error("a watch that went back");
		last = value;
	}
	return last;
});

const hear = task(async () => {
	let last = -1;
	while (last < ROUNDS - 1) last = await beat.wait();
	return last;
});

const pay = task({ pool: 3 }, async (amount: number) => {
	for (let i = 0; i < ROUNDS; i++) {
		using guard = await account.lock();
		const before = guard.value;
		await yieldNow();
		guard.value = before + amount;
	}
});

const look = task({ pool: 2 }, async () => {
	for (let i = 0; i < ROUNDS; i++) {
		using permit = await slots.acquire();
		if (slots.available > 1 || permit === undefined) throw new Error("too many permits");
		{
			using guard = await table.read();
			const before = guard.value;
			await yieldNow();
			expect("read", guard.value, before);
		}
		{
			using guard = await table.write();
			const before = guard.value;
			await yieldNow();
			guard.value = before + 1;
		}
	}
});

const out: number[] = [1, 2, 3, 4, 5];
const into: number[] = [0, 0, 0, 0, 0, 0, 0];

const write = task(async () => {
	await start.wait();
	found.set(7);
	for (let i = 0; i < ROUNDS; i++) {
		out[0] = i & 255;
		expect("written", await bytes.writeAll(out, 0, 5), 5);
	}
	bytes.close();
});

const read = task(async () => {
	await start.wait();
	expect("found", await found.wait(), 7);
	let total = 0;
	for (;;) {
		const count = await bytes.read(into, 0, 7);
		if (count === 0) return total;
		for (let i = 0; i < count; i++) if ((total + i) % 5 === 0) expect("byte", into[i], ((total + i) / 5) & 255);
		total += count;
	}
});

run(async () => {
	const consumed = spawn(consume());
	const consumedUrgent = spawn(consumeUrgent());
	const emptied = spawn(empty());
	const followed = spawn(follow());
	const heard = spawn(hear());
	const subscribed = spawn(subscribe(0));
	const alsoSubscribed = spawn(subscribe(1));
	const paid = spawn(pay(1));
	const paidTwo = spawn(pay(2));
	const paidThree = spawn(pay(3));
	const looked = spawn(look());
	const alsoLooked = spawn(look());
	const readBytes = spawn(read());
	await sleep(1);
	spawn(produce());
	spawn(fill());
	spawn(write());
	log("channel:", (await consumed.join()) as number);
	log("priority channel:", (await consumedUrgent.join()) as number);
	await emptied.join();
	log("watch:", (await followed.join()) as number);
	log("signal:", (await heard.join()) as number);
	log("news:", (await subscribed.join()) as number);
	log("news:", (await alsoSubscribed.join()) as number);
	await paid.join();
	await paidTwo.join();
	await paidThree.join();
	log("account:", account.guard.value);
	await looked.join();
	await alsoLooked.join();
	log("table:", table.content);
	log("pipe:", (await readBytes.join()) as number);
	log("permits:", slots.available);
});
