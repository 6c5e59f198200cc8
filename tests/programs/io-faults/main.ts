/**
 * Faults between the ring and the kernel (faults.c), with a ring of 4 entries and a completion queue of 64: each ends in the right
 * status, and nothing is lost. What the helpers are to finish (short counts, EINTR) they finish.
 */
import { JoinHandle, log, run, spawn, TIMEOUT, task, withTimeout, yieldNow } from "stator";
import {
	File,
	FileReadProvided,
	IoStatus,
	ioBuffer,
	providedFree,
	ringTimeout,
	setIoPriority,
	suspendUntilCompletedIo,
	TcpListener,
	TcpStream,
} from "stator/io";
import { faultsLeft, inject, orderOf, overflowed } from "./faults.native.js";

const NO_SPACE = 1;
const DEVICE = 2;
const SHORT = 3;
const INTERRUPTED = 4;
const AGAIN = 5;
const QUEUE_FULL = 6;
const SUBMIT_BUSY = 7;
const SUBMIT_AGAIN = 8;
const SUBMIT_INTERRUPTED = 9;
const NO_MEMORY = 10;
const ORDER = 11;
const NO_BUFFERS = 12;
const MANY = 200;

const file = new File();
const other = new File();
const direct = [new File(), new File(), new File()];
const block = ioBuffer(4096);
const back = ioBuffer(4096);
const listener = new TcpListener({ streams: 2 });
const client = new TcpStream();
const statuses: IoStatus[] = [];
for (let i = 0; i < MANY; i++) statuses.push(new IoStatus());

function same(): number {
	for (let i = 0; i < block.length; i++) if (back[i] !== block[i]) return i;
	return -1;
}

async function onFiles(): Promise<void> {
	inject(NO_SPACE, 1);
	log("ENOSPC", await file.write(block, { position: 0 }));
	inject(DEVICE, 1);
	log("EIO", await file.read(back, { position: 0 }));
	inject(AGAIN, 1);
	log("EAGAIN", await file.read(back, { position: 0 }));
	inject(INTERRUPTED, 1);
	log("EINTR", await file.write(block, { position: 0 }));
	inject(SHORT, 1);
	log("short", await file.write(block, { position: 0 }));
	inject(SHORT, 5);
	log("all of it", await file.writeAll(block, { position: 0 }));
	log("happened", 5 - faultsLeft());
	inject(INTERRUPTED, 3);
	log("all of it", await file.readAll(back, { position: 0 }));
	inject(0, 0);
	log("differs at", same());
	inject(NO_SPACE, 1);
	log("ENOSPC", await file.writeAll(block, { position: 0 }));
	inject(DEVICE, 1);
	statuses[0].write(file, block, 0);
	log("EIO", await statuses[0].completed());
	log("its status", statuses[0].status);
	inject(0, 0);
}

/** Whatever keeps entries from the kernel: the operation is done all the same. */
async function onTheRing(fault: number): Promise<void> {
	inject(fault, 3);
	log("done all the same", await file.read(back, { length: 100, position: 0 }));
	log("happened", 3 - faultsLeft());
	inject(0, 0);
}

/** As many as fill the queue of submissions many times, and that of completions three times, in one turn of one task. */
async function overflow(): Promise<void> {
	for (let i = 0; i < MANY; i++) statuses[i].read(file, back, 0, 16);
	let count = 0;
	let total = 0;
	for (let done = await suspendUntilCompletedIo(); done !== undefined; done = await suspendUntilCompletedIo())
		if (done !== TIMEOUT) {
			count++;
			total += done.result;
		}
	log("completed", count);
	log("bytes", total);
	log("the queue overflowed", overflowed());
}

const reader = task({ pool: 3 }, async (): Promise<number> => {
	return await file.read(back, { length: 10, position: 0 });
});
const low = new JoinHandle<number>();
const normal = new JoinHandle<number>();
const high = new JoinHandle<number>();

async function priorities(): Promise<void> {
	inject(ORDER, 0);
	spawn(reader(), low);
	spawn(reader(), normal);
	spawn(reader(), high);
	// Begun as low, normal, high; submitted the other way round.
	setIoPriority(low.id, "low");
	setIoPriority(high.id, "high");
	await low.join();
	await normal.join();
	await high.join();
	for (let i = 0; i < 3; i++) log("level", orderOf(i) >> 16);
	for (let i = 0; i < 3; i++) log("ioprio", orderOf(i) & 0xffff);
	// The next tenant of the slot begins at normal.
	inject(ORDER, 0);
	spawn(reader(), low);
	await low.join();
	log("level", orderOf(0) >> 16);
	inject(0, 0);
}

/** What is not a read or a write. */
async function elsewhere(): Promise<void> {
	inject(DEVICE, 1);
	log("sync EIO", await file.sync());
	log("sync again", await file.sync());
	inject(NO_SPACE, 1);
	log("allocate ENOSPC", await file.allocate(0, 8192));
	inject(INTERRUPTED, 1);
	log("open EINTR", await other.open("faults"));
	log("is open", other.isOpen ? 1 : 0);
	log("open again", await other.open("faults"));
	await other.close();
	inject(0, 0);
	// The ring's own table has two places.
	for (let i = 0; i < direct.length; i++) log("in the table", await direct[i].open("faults", "r", { direct: true }));
	for (let i = 0; i < direct.length; i++) await direct[i].close();
	log("a place again", await direct[2].open("faults", "r", { direct: true }));
	await direct[2].close();
}

const answering = task(async () => {
	const stream = await listener.accept();
	if (stream === undefined) return;
	const count = await stream.readAll(back, { length: 64 });
	await settled();
	log("read all of it", count);
	log("EAGAIN", await again(stream));
	await stream.writeAll(back, { length: 64 });
	await stream.close();
});

/** The other task waits in the kernel: the next fault is this one's. */
async function settled(): Promise<void> {
	await ringTimeout(10);
}

async function again(stream: TcpStream): Promise<number> {
	await settled();
	inject(AGAIN, 1);
	return await stream.write(back, { length: 64 });
}

/** Both ends of a connection: what is short or interrupted is finished, the rest is a status, and the connection goes on. */
async function streams(): Promise<void> {
	log("listen", await listener.listen(0));
	inject(NO_BUFFERS, 1);
	log("connect ENOBUFS", await client.connect(listener.port));
	log("is open", client.isOpen ? 1 : 0);
	// An accept that is interrupted begins again by itself.
	inject(INTERRUPTED, 1);
	const answered = spawn(answering());
	await settled();
	log("happened", 1 - faultsLeft());
	log("connect", await client.connect(listener.port));
	await settled();
	inject(NO_BUFFERS, 1);
	log("ENOBUFS", await client.write(block, { length: 64 }));
	inject(INTERRUPTED, 1);
	log("EINTR", await client.write(block, { length: 64 }));
	inject(SHORT, 3);
	log("write all of it", await client.writeAll(block, { length: 64 }));
	log("happened", 3 - faultsLeft());
	log("comes back", await client.readAll(back, { length: 64 }));
	await answered.join();
	await client.close();
	await listener.close();
}

const sender = task(async () => {
	const stream = await listener.accept();
	if (stream === undefined) return;
	for (let i = 0; i < 4; i++) {
		await stream.writeAll(block, { length: 64 });
		await yieldNow();
	}
	await stream.close();
});

/** Two provided buffers of 64 bytes: a read that finds none says ENOBUFS, a stream waits until one is back. */
async function buffers(): Promise<void> {
	log("free", providedFree());
	const first = await file.readProvided({ length: 10, position: 0 });
	const second = await held.read();
	log("free", providedFree());
	log("ENOBUFS", await held.third());
	log("listen", await listener.listen(0));
	const sending = spawn(sender());
	log("connect", await client.connect(listener.port));
	log("it waits", (await withTimeout(client.receive(), 20)) === TIMEOUT ? 1 : 0);
	first?.release();
	second?.release();
	let total = 0;
	for await (const chunk of client) total += chunk.length;
	log("received", total);
	log("status", client.status);
	await sending.join();
	await client.close();
	log("free", providedFree());
}

/** Waits of their own, so that each place keeps what it read. */
const held = {
	async read() {
		return await file.readProvided({ length: 10, position: 0 });
	},
	async third(): Promise<number> {
		wait.start(file, 10, 0);
		await wait;
		return wait.status;
	},
};
const wait = new FileReadProvided();

run(async () => {
	for (let i = 0; i < block.length; i++) block[i] = i & 255;
	log("open", await file.open("faults", "w+"));
	await onFiles();
	await onTheRing(QUEUE_FULL);
	await onTheRing(SUBMIT_BUSY);
	await onTheRing(SUBMIT_AGAIN);
	await onTheRing(SUBMIT_INTERRUPTED);
	await onTheRing(NO_MEMORY);
	await elsewhere();
	await streams();
	await overflow();
	await priorities();
	await buffers();
	log("still works", await ringTimeout(1));
});
