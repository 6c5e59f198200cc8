/**
 * Files and sockets in tasks on three threads and the main one, all at the same time: copies that are compared, echoes from thread to thread,
 * computing while a receive is in flight, cancelling in every state, what the kernel cannot take back, faults, a descriptor that goes to
 * another thread, and at the end operations in flight everywhere.
 */
import { CANCELLED, log, PENDING, print, sleep, spawnDetached, task, yieldNow } from "stator";
import {
	BufferPool,
	File,
	IoStatus,
	ioBuffer,
	programArguments,
	suspendUntilCompletedIo,
	UdpSocket,
	UnixListener,
	UnixStream,
	unlink,
} from "stator/io";
import { attach, executorCount, sharedTask, Work } from "stator/threads";
import { completeHeld, inFlight, inject } from "./faults.native.js";

const EXECUTORS = 4;
const BLOCK = 4096;
const MESSAGES = 200;
const MESSAGE_BYTES = 64;
const HOLD = 1;
const DEVICE = 2;
const QUEUE_FULL = 3;
/** After QUEUE_FULL, and the kernel that is busy. */
const NO_MEMORY = 5;

// In every machine: its own.
const blocks = new BufferPool(2, BLOCK);
const froms = [new File(), new File()];
const tos = [new File(), new File()];
const sent = ioBuffer(MESSAGE_BYTES);
const got = ioBuffer(MESSAGE_BYTES);
const small = ioBuffer(MESSAGE_BYTES);
const listener = new UnixListener({ streams: 2 });
const client = new UnixStream();
const silent = new UdpSocket();
const sender = new UdpSocket();
const source = new File();
const passed = new File();
const file = new File();
const status = new IoStatus();
const targets = ["to-0", "to-1", "to-2", "to-3", "to-4", "to-5", "to-6", "to-7"];
/** For a signal. */
const waits = programArguments().length > 0;
const places = ["echo-0", "echo-1", "echo-2", "echo-3"];

/** The file "from" into another: how many bytes. */
const copies = sharedTask(
	"copies",
	task({ pool: 2 }, async (target: number) => {
		const buffer = await blocks.claim();
		const from = froms[buffer.index];
		const to = tos[buffer.index];
		let total = 0;
		try {
			if ((await from.open("from")) < 0 || (await to.open(targets[target], "w")) < 0) return -1;
			for (;;) {
				const count = await from.readAll(buffer.bytes, { position: total });
				if (count <= 0) break;
				if ((await to.writeAll(buffer.bytes, { length: count, position: total })) !== count) return -3;
				total += count;
			}
		} finally {
			await from.close();
			await to.close();
			buffer.release();
		}
		return total;
	}),
);

/** One connection at a time; what comes, in buffers that the kernel chooses, goes back. */
const serves = sharedTask(
	"serves",
	task(async (place: number) => {
		if ((await listener.listen(places[place])) < 0) return -1;
		const stream = await listener.accept();
		if (stream === undefined) return -2;
		let total = 0;
		for await (const chunk of stream) {
			if ((await stream.writeAll(chunk.bytes, { length: chunk.length })) !== chunk.length) return -3;
			total += chunk.length;
		}
		await stream.close();
		await listener.close();
		return total;
	}),
);

const talks = sharedTask(
	"talks",
	task(async (place: number) => {
		while ((await client.connect(places[place])) < 0) await sleep(1);
		let right = 0;
		for (let i = 0; i < MESSAGES; i++) {
			for (let j = 0; j < MESSAGE_BYTES; j++) sent[j] = i + j + place;
			if ((await client.writeAll(sent)) !== MESSAGE_BYTES) return -1;
			if ((await client.readAll(got)) !== MESSAGE_BYTES) return -2;
			if (got[0] === ((i + place) & 255) && got[63] === ((i + 63 + place) & 255)) right++;
		}
		await client.close();
		return right;
	}),
);

/** Of the socket that nobody writes to unless he is told. */
const binds = sharedTask(
	"binds",
	task(async () => {
		if ((await silent.bind()) < 0 || (await sender.bind()) < 0) return -1;
		if ((await source.open("from")) < 0) return -2;
		return silent.port;
	}),
);
const unbinds = sharedTask(
	"unbinds",
	task(async () => {
		await silent.close();
		await sender.close();
		await source.close();
		return inFlight();
	}),
);
let turns = 0;
let waiting = false;
const receives = sharedTask(
	"receives",
	task(async () => {
		waiting = true;
		try {
			return await silent.receiveFrom(small);
		} finally {
			waiting = false;
		}
	}),
);
/** As long as it waits: how often this had its turn. */
const spins = sharedTask(
	"spins",
	task(async () => {
		for (turns = 0; turns < 100 || waiting; turns++) await yieldNow();
		return turns;
	}),
);
const sends = sharedTask(
	"sends",
	task(async (port: number) => {
		sender.peer.set("127.0.0.1", port);
		return await sender.sendTo(sent, sender.peer, { length: 8 });
	}),
);
const reads = sharedTask(
	"reads",
	task({ pool: 2 }, async () => {
		return await source.read(small, { position: 0 });
	}),
);
/** So many reads of its own are in flight when it ends. */
const leaves = sharedTask(
	"leaves",
	task(async () => {
		status.read(source, small, 0);
		await yieldNow();
		return 7;
	}),
);
const completes = sharedTask(
	"completes",
	task(async () => {
		status.read(source, small, 0);
		let count = 0;
		for (let done = await suspendUntilCompletedIo(); done !== undefined; done = await suspendUntilCompletedIo())
			count++;
		return count;
	}),
);
const injects = sharedTask(
	"injects",
	task(async (fault: number, times: number) => {
		inject(fault, times);
		return inFlight();
	}),
);
const letsGo = sharedTask(
	"letsGo",
	task(async () => {
		for (let i = 0; i < 1000; i++) {
			if (completeHeld()) return 1;
			await sleep(1);
		}
		return 0;
	}),
);
const adopts = sharedTask(
	"adopts",
	task(async (handle: number) => {
		passed.adopt(handle);
		try {
			return await passed.read(small, { length: 10, position: 0 });
		} finally {
			passed.handle = -1;
		}
	}),
);
/** In flight when the thread is asked to end. */
const hears = task(async () => {
	await silent.receiveFrom(small);
});
const forever = sharedTask(
	"forever",
	task({ pool: 2 }, async (place: number) => {
		try {
			await unlink(places[place]);
			if ((await listener.listen(places[place])) < 0) return;
			await silent.bind();
			spawnDetached(hears());
			await listener.accept();
		} finally {
			await listener.close();
			await silent.close();
			print("cleaned up");
		}
	}),
);

const copyWorks: Work<[number]>[] = [];
for (let i = 0; i < 2 * EXECUTORS; i++) copyWorks.push(new Work(copies));
const serveWorks: Work<[number]>[] = [];
const talkWorks: Work<[number]>[] = [];
const foreverWorks: Work<[number]>[] = [];
for (let i = 0; i < EXECUTORS; i++) {
	serveWorks.push(new Work(serves));
	talkWorks.push(new Work(talks));
	foreverWorks.push(new Work(forever));
}
const bindWork = new Work(binds);
const unbindWork = new Work(unbinds);
const receiveWork = new Work(receives);
const spinWork = new Work(spins);
const sendWork = new Work(sends);
const readWork = new Work(reads);
const leaveWork = new Work(leaves);
const completeWork = new Work(completes);
const injectWork = new Work(injects);
const letGoWork = new Work(letsGo);
const adoptWork = new Work(adopts);

let wrong = 0;

function expected(what: string, value: number | undefined | typeof CANCELLED, wanted: number): void {
	const number = value === CANCELLED ? -125 : value === undefined ? -1 : value;
	if (number === wanted) return;
	wrong++;
	log(what, number);
}

async function allAtOnce(bytes: number): Promise<void> {
	for (let i = 0; i < EXECUTORS; i++) {
		attach(serveWorks[i].set(i), i);
		attach(talkWorks[i].set(i), (i + 1) % EXECUTORS);
	}
	for (let i = 0; i < copyWorks.length; i++) attach(copyWorks[i].set(i), i % EXECUTORS);
	for (let i = 0; i < copyWorks.length; i++) expected("copied", await copyWorks[i].join(), bytes);
	for (let i = 0; i < EXECUTORS; i++) {
		expected("talked", await talkWorks[i].join(), MESSAGES);
		expected("served", await serveWorks[i].join(), MESSAGES * MESSAGE_BYTES);
	}
}

/** On one executor, while the others are idle in their rings. */
async function inEveryState(executor: number): Promise<void> {
	attach(bindWork, executor);
	const port = await bindWork.join();
	expected("bound", typeof port === "number" && port > 0 ? 1 : 0, 1);
	if (typeof port !== "number") return;
	attach(receiveWork, executor);
	attach(spinWork, executor);
	await sleep(2);
	attach(sendWork.set(port), executor);
	expected("sent", await sendWork.join(), 8);
	expected("received", await receiveWork.join(), 8);
	const spun = await spinWork.join();
	expected("computed meanwhile", typeof spun === "number" && spun >= 100 ? 1 : 0, 1);
	for (let ms = 0; ms < 4; ms++) {
		attach(receiveWork, executor);
		if (ms > 0) await sleep(ms);
		receiveWork.cancel();
		expected("cancelled", await receiveWork.join(), -125);
	}
	attach(receiveWork, executor);
	attach(sendWork.set(port), executor);
	await yieldNow();
	receiveWork.cancel(); // before it came, or after
	const perhaps = await receiveWork.join();
	if (perhaps !== CANCELLED) expected("came", perhaps, 8);
	await sendWork.join();
	await onesOwn(executor);
	await notToBeCancelled(executor);
	await withFaults(executor);
	attach(unbindWork, executor);
	expected("in flight", await unbindWork.join(), 0);
}

async function onesOwn(executor: number): Promise<void> {
	attach(leaveWork, executor);
	expected("left in flight", await leaveWork.join(), 7);
	attach(completeWork, executor);
	expected("completed", await completeWork.join(), 1);
}

async function notToBeCancelled(executor: number): Promise<void> {
	attach(injectWork.set(HOLD, 1), executor);
	await injectWork.join();
	attach(readWork, executor);
	await sleep(5);
	readWork.cancel();
	await sleep(5);
	expected("it waits", readWork.status === PENDING ? 1 : 0, 1);
	attach(letGoWork, executor);
	expected("held", await letGoWork.join(), 1);
	expected("reaped", await readWork.join(), -125);
}

async function withFaults(executor: number): Promise<void> {
	attach(injectWork.set(DEVICE, 1), executor);
	await injectWork.join();
	attach(readWork, executor);
	expected("EIO", await readWork.join(), -5);
	for (let fault = QUEUE_FULL; fault <= NO_MEMORY; fault++) {
		attach(injectWork.set(fault, 3), executor);
		await injectWork.join();
		attach(readWork, executor);
		expected("done all the same", await readWork.join(), MESSAGE_BYTES);
	}
	attach(injectWork.set(0, 0), executor);
	expected("in flight", await injectWork.join(), 0);
}

async function passOn(): Promise<void> {
	await file.open("from");
	attach(adoptWork.set(file.handle), 2);
	expected("read by another", await adoptWork.join(), 10);
	await file.close();
}

export const root = task(async () => {
	log("executors", executorCount());
	const buffer = await blocks.claim();
	log("open", await file.open("from", "w"));
	let bytes = 0;
	for (let i = 0; i < 64; i++) {
		for (let j = 0; j < BLOCK; j++) buffer.bytes[j] = i * 7 + j;
		bytes += await file.writeAll(buffer.bytes, { length: i === 63 ? 1000 : BLOCK });
	}
	await file.close();
	buffer.release();
	log("bytes", bytes);
	await allAtOnce(bytes);
	for (let executor = 0; executor < EXECUTORS; executor++) await inEveryState(executor);
	await passOn();
	log("wrong", wrong);
	for (let i = 0; i < EXECUTORS; i++) attach(foreverWorks[i].set(i), i);
	await sleep(20);
	print("ends");
	if (waits) await sleep(60_000);
});
