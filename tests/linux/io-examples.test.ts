/**
 * The examples on files and sockets. `STATOR_ECHO_SECONDS=60` and `STATOR_COPY_MEGABYTES=1024` make of them the long runs that they are
 * short forms of.
 */
import { createHash } from "node:crypto";
import {
	chmodSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../tools/run.ts";
import { random, seedOf } from "../native/support/compile.ts";
import { buildProgram } from "../programs/support.ts";
import { nothingGrew, startServer } from "./echo-server.ts";
import { skipWithoutRing } from "./ring.ts";

const SECONDS = Number(process.env.STATOR_ECHO_SECONDS ?? 3);
const MEGABYTES = Number(process.env.STATOR_COPY_MEGABYTES ?? 6);
const CONNECTIONS = 1000;

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-io-examples-");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** One connection after another until the time is over; counts what it has checked. */
class Client {
	echoed = 0;
	faults: string[] = [];
	private readonly port: number;
	private readonly below: (limit: number) => number;

	constructor(port: number, seed: number) {
		this.port = port;
		this.below = random(seed);
	}

	async run(until: number): Promise<void> {
		do await this.connection();
		while (performance.now() < until);
	}

	private connection(): Promise<void> {
		const { below } = this;
		const kind = below(4); // 0 leaves in the middle, 1 half-closes, 2 reads slowly, 3 is well-behaved
		const message = Buffer.alloc(1 + below(3000));
		for (let i = 0; i < message.length; i++) message[i] = below(256);
		return new Promise((resolve) => {
			const socket: Socket = connect({ port: this.port, host: "127.0.0.1", allowHalfOpen: true });
			const received: Buffer[] = [];
			let length = 0;
			socket.on("error", (error) => {
				this.faults.push(String(error));
				resolve();
			});
			socket.on("connect", () => {
				socket.write(message);
				if (kind === 1) socket.end();
				if (kind === 0) setTimeout(() => socket.destroy(), below(20));
				if (kind === 2) {
					socket.pause();
					setTimeout(() => socket.resume(), 20 + below(100));
				}
			});
			socket.on("data", (data: Buffer) => {
				received.push(data);
				length += data.length;
				if (length < message.length || kind === 1) return;
				socket.end();
			});
			socket.on("end", () => socket.end());
			socket.on("close", () => {
				if (kind !== 0) {
					if (Buffer.concat(received).equals(message)) this.echoed++;
					else this.faults.push("kind " + kind + ": " + length + " of " + message.length + " bytes");
				}
				resolve();
			});
		});
	}
}

test("M8 X2 echo server: 1,000 connections with disconnects, half-closes, slow readers and peers that never read; SIGTERM ends it in order", async (ctx) => {
	const seed = seedOf("echo server");
	const server = await startServer(ctx);
	const deaf: Socket[] = [];
	try {
		const start = performance.now();
		const before = server.descriptors();
		// They send for ever and never read: the server's tasks wait, and nobody else does.
		for (let i = 0; i < 20; i++) {
			const socket = connect(server.port, "127.0.0.1", () => socket.write(Buffer.alloc(4 << 20)));
			socket.pause();
			socket.on("error", () => {});
			deaf.push(socket);
		}
		const clients: Client[] = [];
		for (let i = 0; i < CONNECTIONS; i++) clients.push(new Client(server.port, seed + i));
		await Promise.all(clients.map((client) => client.run(start + SECONDS * 1000)));
		expect(clients.flatMap(({ faults }) => faults)).toEqual([]);
		const echoed = clients.reduce((sum, client) => sum + client.echoed, 0);
		console.log("echo server: " + echoed + " messages echoed in " + SECONDS + " s");
		expect(echoed).toBeGreaterThan(CONNECTIONS / 2);
		for (const socket of deaf) socket.destroy();
		// What is left when all have gone: nothing.
		for (let i = 0; i < 100 && server.descriptors() > before; i++)
			await new Promise((resolve) => setTimeout(resolve, 20));
		expect(server.descriptors()).toBe(before);
	} finally {
		for (const socket of deaf) socket.destroy();
		server.child.kill("SIGTERM");
	}
	expect(await server.ended).toBe(143);
	expect(server.output()).toContain("closing; connections 0");
	expect(server.output()).toContain(nothingGrew);
}, 300_000);

test("M8 connections beyond what the process may open wait until one is closed", async (ctx) => {
	const server = await startServer(ctx, 24);
	const sockets: Socket[] = [];
	const answered = new Set<number>();
	const settled = async (count: number): Promise<void> => {
		for (let i = 0; i < 200 && answered.size < count; i++) await new Promise((resolve) => setTimeout(resolve, 10));
		await new Promise((resolve) => setTimeout(resolve, 50));
	};
	try {
		for (let i = 0; i < 40; i++) {
			const socket = connect(server.port, "127.0.0.1", () => socket.write("x"));
			socket.on("data", () => answered.add(i));
			socket.on("error", () => {});
			sockets.push(socket);
		}
		await settled(10);
		const first = [...answered];
		expect(first.length).toBeGreaterThanOrEqual(10);
		expect(first.length).toBeLessThan(24);
		for (const i of first) sockets[i].destroy();
		await settled(2 * first.length);
		expect(answered.size).toBe(Math.min(40, 2 * first.length));
	} finally {
		for (const socket of sockets) socket.destroy();
		server.child.kill("SIGTERM");
	}
	expect(await server.ended).toBe(143);
	expect(server.output()).toContain(nothingGrew);
}, 300_000);

/** Every entry of a tree: permissions and what is in it. */
function describeTree(root: string, at = "", found: Record<string, string> = {}): Record<string, string> {
	for (const name of readdirSync(root + at)) {
		const path = at + "/" + name;
		const stat = lstatSync(root + path);
		const mode = (stat.mode & 0o777).toString(8);
		if (stat.isDirectory()) {
			found[path] = "directory " + mode;
			describeTree(root, path, found);
		} else if (stat.isSymbolicLink()) found[path] = "link to " + readlinkSync(root + path);
		else
			found[path] =
				"file " +
				mode +
				" " +
				createHash("sha256")
					.update(readFileSync(root + path))
					.digest("hex");
	}
	return found;
}

test("M7 X2 copy: a tree, checked by hashes; what is missing is named", async (ctx) => {
	const below = random(seedOf("copy"));
	const from = folder + "/from";
	let left = MEGABYTES << 20;
	mkdirSync(from + "/deep/er/still", { recursive: true });
	const places = ["", "/deep", "/deep/er", "/deep/er/still"];
	for (let i = 0; left > 0; i++) {
		const size = Math.min(left, i % 10 === 0 ? 1_000_003 : below(40_000));
		left -= size;
		const file = from + places[i % places.length] + "/file " + i;
		const words = new Uint32Array(Math.ceil(size / 4));
		for (let at = 0; at < words.length; at++) words[at] = below(2 ** 32);
		writeFileSync(file, new Uint8Array(words.buffer, 0, size));
		chmodSync(file, [0o644, 0o600, 0o755][i % 3]);
	}
	writeFileSync(from + "/empty", "");
	mkdirSync(from + "/nothing in it");
	symlinkSync("../empty", from + "/deep/link");
	const built = await buildProgram("examples/copy", "linux");
	const { status, output } = await run(built, { args: [from, folder + "/to"], timeoutSeconds: 200 });
	skipWithoutRing(ctx, output);
	expect(status).toBe(0);
	expect(describeTree(folder + "/to")).toEqual(describeTree(from));
	expect(output).toContain("failures 0");
	expect(output).toContain(nothingGrew);
	const missing = await run(built, { args: [from + "/nowhere", folder + "/to"], timeoutSeconds: 60 });
	expect(missing.output).toContain("failures 1");
}, 300_000);
