/** Sockets of every kind, both ends in one program; logs what each yielded. */
import { log, run, spawn, TIMEOUT, task, withTimeout } from "stator";
import {
	ioBuffer,
	ioStatusText,
	OPTION_RECEIVE_BUFFER,
	OPTION_SEND_BUFFER,
	POLL_IN,
	pollDescriptor,
	providedFree,
	SocketAddress,
	TcpListener,
	TcpStream,
	UdpSocket,
	UnixListener,
	UnixStream,
} from "stator/io";

const listener = new TcpListener({ streams: 2 });
const direct = new TcpListener({ streams: 2, direct: true });
const local = new UnixListener({ streams: 1 });
const client = new TcpStream();
const second = new TcpStream();
const unixClient = new UnixStream();
const [a, b] = [new UdpSocket(), new UdpSocket()];
const address = new SocketAddress();
const [out, back, bulk] = [ioBuffer(64), ioBuffer(64), ioBuffer(1 << 20)];
const parts = [ioBuffer(4), ioBuffer(4)];
for (let i = 0; i < 64; i++) out[i] = i;

const echo = task({ pool: 4, name: "echo" }, async (stream: TcpStream | UnixStream) => {
	for await (const chunk of stream) {
		const sent = await stream.writeAll(chunk.bytes, { length: chunk.length });
		if (sent < 0) break;
	}
	await stream.close();
});

const acceptTcp = task({ pool: 2, name: "accept" }, async (from: TcpListener, count: number) => {
	let left = count;
	for await (const stream of from) {
		spawn(echo(stream));
		if (--left === 0) break;
	}
});

const acceptUnix = task({ name: "accept unix" }, async () => {
	const stream = await local.accept();
	if (stream !== undefined) spawn(echo(stream));
});

async function tcp(): Promise<void> {
	const before = providedFree();
	log("listen", await listener.listen(0));
	const accepted = spawn(acceptTcp(listener, 1));
	log("connect", await client.connect(listener.port));
	log("write", await client.write(out, { length: 10 }));
	log("read", await client.read(back));
	log("byte", back[9]);
	log("vectors", await client.writeVectors(parts));
	log("all", await client.readAll(back, { length: 8 }));
	log("nothing comes", (await withTimeout(client.read(back), 10)) === TIMEOUT ? 1 : 0);
	log("write", await client.writeAll(out));
	log("receive", (await client.receive())?.length ?? -1);
	log("half-close", await client.shutdown("write"));
	log("the end", (await client.receive()) === undefined ? 1 : 0);
	log("no status", client.status);
	log("close", await client.close());
	log("close again", await client.close());
	await accepted.join();
	log("connections", listener.connections);
	log("buffers are back", before - providedFree());
	log("refused", await client.connect(1));
	log("not connected", client.handle);
	log("bad address", await client.connect(80, "localhost"));
	log("listen twice", await direct.listen(listener.port));
}

async function limits(): Promise<void> {
	// Two streams are open: the third connection waits until one is closed.
	const accepted = spawn(acceptTcp(listener, 3));
	log("first", await client.connect(listener.port));
	log("second", await second.connect(listener.port));
	await client.write(out, { length: 1 });
	await client.read(back);
	await second.write(out, { length: 1 });
	await second.read(back);
	log("connections", listener.connections);
	const third = unixlessThird;
	log("third", await third.connect(listener.port));
	await third.write(out, { length: 1 });
	log("it waits", (await withTimeout(third.read(back), 20)) === TIMEOUT ? 1 : 0);
	log("close", await client.close());
	log("served", await third.read(back));
	await second.close();
	await third.close();
	await accepted.join();
}
const unixlessThird = new TcpStream();

async function neverReads(): Promise<void> {
	// The other end echoes, and this one never reads: the write must end by the time alone.
	log("listen", await direct.listen(0));
	const accepted = spawn(acceptTcp(direct, 1));
	log("connect", await client.connect(direct.port));
	log("options", client.setOption(OPTION_SEND_BUFFER, 4096) + client.setOption(OPTION_RECEIVE_BUFFER, 4096));
	let late = 0;
	for (let i = 0; i < 100; i++)
		if ((await withTimeout(client.writeAll(bulk), 50)) === TIMEOUT) {
			late = 1;
			break;
		}
	log("it waited", late);
	log("close", await client.close());
	await accepted.join();
	log("closed", await direct.close());
}

async function unix(): Promise<void> {
	log("listen", await local.listen("@stator-io-test"));
	const accepted = spawn(acceptUnix());
	log("connect", await unixClient.connect("@stator-io-test"));
	await accepted.join();
	log("write", await unixClient.write(out));
	log("readable", await pollDescriptor(unixClient.handle, POLL_IN));
	log("read", await unixClient.readAll(back));
	log("close", await unixClient.close());
	log("close", await local.close());
}

async function udp(): Promise<void> {
	log("bind", await a.bind());
	log("bind", await b.bind());
	log("address", address.set("127.0.0.1", b.port));
	log("send", await a.sendTo(out, address, { length: 12 }));
	log("receive", await b.receiveFrom(back));
	log("from", b.peer.port === a.port ? 1 : 0);
	log("answer", await b.sendTo(back, b.peer, { offset: 2, length: 3 }));
	log("receive", await a.receiveFrom(back, { offset: 60 }));
	log("byte", back[60]);
	log("cut", await a.sendTo(out, address));
	log("receive", await b.receiveFrom(back, { length: 5 }));
	log("close", await a.close());
	log("close", await b.close());
}

const closer = task({ name: "closer" }, async () => {
	log("closed", await listener.close());
});

run(async () => {
	await tcp();
	await limits();
	await neverReads();
	await unix();
	await udp();
	const handle = spawn(closer());
	log("nobody comes", (await listener.accept()) === undefined ? 1 : 0);
	await handle.join();
	log(ioStatusText(-111));
});
