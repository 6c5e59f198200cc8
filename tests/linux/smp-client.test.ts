/** `stator top` and `stator logs` against a server that speaks SMP as its specification has it, over UDP and over a pseudo terminal. N9 */
import { type ChildProcess, spawn } from "node:child_process";
import { createSocket, type Socket } from "node:dgram";
import { decode, encode } from "cborg";
import { afterEach, describe, expect, test } from "vitest";
import { ConsoleReader, crc16, frameOf } from "../../tools/smp/frames.ts";
import { stator as ran } from "../smp/stator.ts";

const task = (prio: number, tid: number, state: number, cswcnt: number, runtime: number) => ({
	...{ prio, tid, state, stkuse: 250, stksiz: 1024, cswcnt, runtime, last_checkin: 0, next_checkin: 0 },
});

/** Answers as a server of version 2; what it has not is refused with rc 8. */
function answer(request: Buffer): Buffer {
	const [group, id] = [request.readUInt16BE(4), request[7]];
	expect(request[0]).toBe(8); // version 2, read
	const asked = decode(request.subarray(8)) as { name?: string };
	let body: unknown = { rc: 8 };
	if (group === 0 && id === 2)
		body = { tasks: { blink: task(1, 0, 2, 40, 5_000), "worker/1": task(0, 3, 1, 7, 90_000) } };
	if (group === 0 && id === 3) body = { mpools: { "machine slots": { blksize: 16, nblks: 512, nfree: 100, min: 90 } } };
	if (group === 2 && id === 0 && asked.name === "executor") body = { err: { group: 2, rc: 2 } };
	const payload = encode(body);
	const reply = Buffer.alloc(8 + payload.length);
	request.copy(reply, 0, 0, 8);
	reply[0] = 9;
	reply.writeUInt16BE(payload.length, 2);
	reply.set(payload, 8);
	return reply;
}

const open: (Socket | ChildProcess)[] = [];
afterEach(() => {
	for (const one of open.splice(0)) "kill" in one ? one.kill("SIGKILL") : one.close();
});

function udpServer(reply: (request: Buffer) => Buffer[]): Promise<number> {
	const socket = createSocket("udp4");
	open.push(socket);
	socket.on("message", (message, from) => {
		for (const one of reply(message)) socket.send(one, from.port, from.address);
	});
	return new Promise((resolve) => socket.bind(0, "127.0.0.1", () => resolve(socket.address().port)));
}

/** A pseudo terminal, in raw mode, whose other side is the stdin and stdout of a process. */
const PTY = `
import os, pty, sys, threading, tty
master, slave = pty.openpty()
tty.setraw(slave)
print(os.ttyname(slave), file=sys.stderr, flush=True)
def pump():
    while True:
        os.write(1, os.read(master, 4096))
threading.Thread(target=pump, daemon=True).start()
while True:
    data = os.read(0, 4096)
    if not data:
        break
    os.write(master, data)
`;

async function serialServer(): Promise<{ device: string; write: (data: Uint8Array | string) => void }> {
	const child = spawn("python3", ["-c", PTY], { stdio: ["pipe", "pipe", "pipe"] });
	open.push(child);
	const write = (data: Uint8Array | string): void => void child.stdin.write(data);
	const reader = new ConsoleReader(
		(message) => {
			write("[    1.000] a line of the log\r\n");
			write(frameOf(answer(message)));
		},
		() => {},
	);
	child.stdout.on("data", (data: Buffer) => reader.take(data));
	const device = await new Promise<string>((resolve) =>
		child.stderr.once("data", (data) => resolve(String(data).trim())),
	);
	return { device, write };
}

const stator = (...args: string[]) => ran(args, (child) => open.push(child as ChildProcess));

describe("N9 frames on a console", () => {
	test("the CRC of the specification's check word, and a frame of several lines among text", () => {
		expect(crc16(Buffer.from("123456789"))).toBe(0x31c3);
		const message = Buffer.from(Array.from({ length: 300 }, (_, i) => i & 0xff));
		const frame = frameOf(message);
		const lines = frame.toString("latin1").trimEnd().split("\n");
		expect(lines.map((line) => [...line.slice(0, 2)].map((c) => c.charCodeAt(0)))).toEqual([
			[6, 9],
			[4, 20],
			[4, 20],
			[4, 20],
		]);
		expect(Math.max(...lines.map(({ length }) => length + 1))).toBe(127);
		const got: Buffer[] = [];
		const text: string[] = [];
		const reader = new ConsoleReader(
			(m) => got.push(m),
			(line) => text.push(line),
		);
		const broken = Buffer.from(frame);
		broken[5] ^= 1;
		for (const byte of Buffer.concat([Buffer.from("one\r\n"), frame, broken, Buffer.from("two\n"), frame]))
			reader.take(Uint8Array.of(byte));
		expect(text).toEqual(["one", "two"]);
		expect(got).toHaveLength(2);
		for (const one of got) expect(one.equals(message)).toBe(true);
	});
});

describe("N9 stator top", () => {
	const shown = [
		/^task +slot +state +priority +polls +cycles +share$/m,
		/^worker\/1 +3 +ready +high +7 +90000 +94\.7 %$/m,
		/^blink +0 +waiting +normal +40 +5000 +5\.3 %$/m,
		/^C stack, all tasks: 1000 of 4096 bytes/m,
		/^machine slots +16 +512 +412 +422$/m,
	];

	test("over UDP: the busiest task first, pools, the stack; a group that is not there is left out", async () => {
		const port = await udpServer((request) => [answer(request)]);
		const { status, out, err } = await stator("top", "--udp", "127.0.0.1:" + port);
		expect([status, err]).toEqual([0, ""]);
		for (const line of shown) expect(out).toMatch(line);
	});

	test("over a pseudo terminal whose console logs meanwhile; as JSON", async () => {
		const { device } = await serialServer();
		const text = await stator("top", "--serial", device);
		expect([text.status, text.err]).toEqual([0, ""]);
		for (const line of shown) expect(text.out).toMatch(line);
		const json = await stator("top", "--serial", device, "--samples", "2", "--interval", "0.1", "--json");
		const samples = json.out
			.trimEnd()
			.split("\n")
			.map((line) => JSON.parse(line));
		expect(samples).toHaveLength(2);
		expect(samples[1].tasks[0]).toMatchObject({ name: "blink", polls: 40, state: "waiting", stackBytes: 4096 });
	});

	test("an answer that is lost is asked for again; one that is late or another's is not taken", async () => {
		const lost = new Set<number>();
		const port = await udpServer((request) => {
			const old = answer(request);
			old[6] ^= 0x80;
			if (lost.has(request[7])) return [old, answer(request)];
			lost.add(request[7]);
			return [old, request];
		});
		const { status, out } = await stator("top", "--udp", "127.0.0.1:" + port, "--timeout", "0.2");
		expect(status).toBe(0);
		expect(out).toMatch(shown[1]);
	});

	test("no answer, no device, no word of where: what to do, and its own status", async () => {
		const port = await udpServer(() => []);
		const silent = await stator("top", "--udp", "127.0.0.1:" + port, "--timeout", "0.1");
		expect(silent.status).toBe(1);
		expect(silent.err).toMatch(/does not answer \(3 requests of 0\.1 s\)\n {2}does the program run/);
		const absent = await stator("top", "--serial", "/dev/ttyNOWHERE");
		expect(absent.status).toBe(1);
		expect(absent.err).toMatch(/\/dev\/ttyNOWHERE cannot be opened.*\n {2}is the board plugged in/);
		const nowhere = await stator("top");
		expect(nowhere.status).toBe(2);
		expect(nowhere.err).toMatch(/--udp <host\[:port\]>/);
	});
});

test("N9 stator logs: the console's lines, without the messages among them", async () => {
	const { device, write } = await serialServer();
	const running = stator("logs", "--serial", device, "--seconds", "3");
	const timer = setInterval(() => {
		write("hello\r\n");
		write(frameOf(Buffer.from("a message")));
	}, 100);
	const { status, out } = await running;
	clearInterval(timer);
	expect(status).toBe(0);
	expect(new Set(out.trimEnd().split("\n"))).toEqual(new Set(["hello"]));
});

test("N9 stator logs over UDP: there are none, and where they are", async () => {
	const { status, err } = await stator("logs", "--udp", "127.0.0.1");
	expect(status).toBe(2);
	expect(err).toMatch(/a server on UDP sends no log lines\n {2}.*standard output.*--serial/);
	const nowhere = await stator("logs");
	expect(nowhere.status).toBe(2);
	expect(nowhere.err).toMatch(/say how the device is reached\n {2}--serial <device/);
});
