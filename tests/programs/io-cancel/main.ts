/**
 * Tasks that end or are cancelled with operations in every state: before the first poll, queued, in flight, completed, not to be
 * cancelled by the kernel (held.c holds back what it completes). Whether a task has ended is told by its join; whether a buffer is
 * free, by what the kernel has written to it.
 */
import {
	CANCELLED,
	cancel,
	JoinHandle,
	log,
	plainTask,
	print,
	run,
	sleep,
	spawn,
	TIMEOUT,
	task,
	withTimeout,
	yieldNow,
} from "stator";
import {
	File,
	IoStatus,
	ioBuffer,
	open,
	Path,
	providedFree,
	suspendUntilCompletedIo,
	TcpListener,
	TcpStream,
	UdpSocket,
} from "stator/io";
import { completeHeld, hold, inFlight, isHeld, operations } from "./held.native.js";

const listener = new TcpListener({ streams: 4 });
const client = new TcpStream();
const silent = new UdpSocket();
const other = new UdpSocket();
const file = new File();
const buffer = ioBuffer(64);
const second = ioBuffer(64);
const statuses = [new IoStatus(), new IoStatus(), new IoStatus()];
const handle = new JoinHandle<number>();

const receives = task(async (): Promise<number> => {
	return await silent.receiveFrom(buffer);
});

const cleansUp = task(async (): Promise<number> => {
	try {
		return await silent.receiveFrom(buffer);
	} finally {
		log("finally", await file.write(second, { length: 4, position: 0 }));
	}
});

const reads = task(async (): Promise<number> => {
	return await file.read(buffer, { position: 0 });
});

const begins = task(async (wait: boolean): Promise<number> => {
	statuses[0].read(file, buffer, 0);
	statuses[1].receive(client, second);
	await sleep(2); // they are the kernel's
	if (wait) await suspendUntilCompletedIo(); // the first completes, nobody looks at the second
	return 7;
});

const throws = task(async (): Promise<number> => {
	statuses[2].receive(client, second);
	await yieldNow();
	throw new RangeError("expected");
});

const accepts = task(async () => {
	const stream = await listener.accept();
	if (stream !== undefined) await stream.close();
});

function outcome(what: string, joined: number | typeof CANCELLED): void {
	log(what, joined === CANCELLED ? -125 : joined);
}

async function inEveryState(): Promise<void> {
	spawn(receives(), handle); // never polled
	handle.cancel();
	outcome("before its first poll", await handle.join());
	spawn(receives(), handle);
	await yieldNow(); // polled: its operation is queued
	handle.cancel();
	outcome("queued", await handle.join());
	spawn(receives(), handle);
	await sleep(5);
	log("in flight", inFlight());
	handle.cancel();
	outcome("in flight", await handle.join());
	log("in flight", inFlight());
	spawn(receives(), handle);
	await sleep(5);
	await other.sendTo(second, silent.address, { length: 8 });
	handle.cancel(); // completed perhaps, and nobody has looked
	outcome("completed", await handle.join());
	log("in flight", inFlight());
	spawn(cleansUp(), handle);
	await sleep(5);
	handle.cancel();
	outcome("cleaned up", await handle.join());
	log("in flight", inFlight());
}

async function notToBeCancelled(): Promise<void> {
	hold(1); // the next completion of a read comes when we say so
	spawn(reads(), handle);
	await sleep(5);
	log("held", isHeld());
	handle.cancel();
	log("it waits", (await withTimeout(handle.join(), 20)) === TIMEOUT ? 1 : 0);
	log("asked again", cancel(handle.id));
	completeHeld();
	outcome("reaped", await handle.join());
	log("in flight", inFlight());
	// Given up by its own task, which goes on: the same wait begins again when the kernel has let go.
	given = false;
	spawn(frees(), null);
	log("again", await againAndAgain());
	log("in flight", inFlight());
}

/** The first turn of a loop has been given up: what is held is no longer waited for. */
let given = false;
const frees = task(async () => {
	while (!given) await sleep(1);
	await sleep(5);
	log("completes", inFlight());
	completeHeld();
});

/** One place, two turns of its loop: the first is given up, the second waits for it. */
async function againAndAgain(): Promise<number> {
	hold(1);
	let last = 0;
	for (let i = 0; i < 2; i++) {
		const count = await withTimeout(file.read(buffer, { position: 0 }), i === 0 ? 5 : 1000);
		last = count === TIMEOUT ? -62 : count;
		if (i === 0) log("held", isHeld());
		given = true;
	}
	return last;
}

async function ofATask(): Promise<void> {
	spawn(begins(false), handle);
	outcome("ended with two in flight", await handle.join());
	log("in flight", inFlight());
	spawn(begins(true), handle);
	outcome("ended with one in flight", await handle.join());
	log("in flight", inFlight());
	spawn(begins(true), handle);
	await yieldNow();
	handle.cancel();
	outcome("cancelled with some in flight", await handle.join());
	log("in flight", inFlight());
	hold(1);
	spawn(begins(false), handle);
	await sleep(10);
	log("its end waits", handle.done ? 0 : 1);
	completeHeld();
	outcome("its value", await handle.join());
	handle.silent = true;
	spawn(throws(), handle);
	await sleep(5);
	log("threw", handle.failed ? 1 : 0);
	log("in flight", inFlight());
}

async function descriptors(): Promise<void> {
	await spawn(accepts()).join(); // that of the beginning
	// A connection that comes while its acceptor is cancelled is not lost to the process: it is served later, or closed.
	const waiting = spawn(accepts());
	await sleep(5);
	waiting.cancel();
	log("accept given up", (await waiting.join()) === CANCELLED ? 1 : 0);
	log("connect", await client.connect(listener.port));
	const served = spawn(accepts());
	await served.join();
	log("seen", await client.read(buffer));
	log("free", listener.available);
	await client.close();
	const before = providedFree();
	log("connect", await client.connect(listener.port));
	log("nothing received", (await withTimeout(client.receive(), 5)) === TIMEOUT ? 1 : 0);
	log("close", await client.close());
	log("buffers are back", before - providedFree());
	await listener.close();
	log("in flight", inFlight());
}

/** Uncompiled: each await makes a wait, and gives its operation back. */
const plain = plainTask({ name: "plain" }, async () => {
	let total = 0;
	for (let i = 0; i < 300; i++) total += await file.read(buffer, { position: 0 });
	const missing = await open("nowhere");
	return missing.status < 0 ? total : 0;
});

/** What is wrong with the program throws, and says what. */
async function mistakes(): Promise<void> {
	try {
		await file.read(foreign);
	} catch (error) {
		print(String(error));
	}
	try {
		await file.read(buffer, { offset: 60, length: 5 });
	} catch (error) {
		print(String(error));
	}
	try {
		await file.open("cancel");
	} catch (error) {
		print(String(error));
	}
}
const foreign = new Uint8Array(8);

/** Begun again, with a path that is too long, while the kernel has what was begun before: its status comes when that is over. */
async function decided(): Promise<void> {
	for (let i = 0; i < long.bytes.length; i++) long.bytes[i] = 97;
	long.length = long.bytes.length;
	hold(2);
	given = false;
	spawn(frees(), null);
	for (let i = 0; i < 2; i++) {
		const status = await withTimeout(another.open(i === 0 ? short : long, "r"), i === 0 ? 5 : 1000);
		log("opened", status === TIMEOUT ? -62 : status);
		given = true;
	}
}
const another = new File();
const short = new Path("cancel");
const long = new Path();

run(async () => {
	log("bind", await silent.bind());
	log("bind", await other.bind());
	log("listen", await listener.listen(0));
	log("connect", await client.connect(listener.port));
	log("open", await file.open("cancel", "w+"));
	log("write", await file.write(second));
	await inEveryState();
	await notToBeCancelled();
	await ofATask();
	await client.close();
	await descriptors();
	await mistakes();
	await decided();
	const before = operations();
	outcome("plain", await spawn(plain()).join());
	log("operations made", operations() - before);
	const last = await open("cancel");
	log("still works", await last.read(buffer));
});
