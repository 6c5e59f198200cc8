/**
 * Peers and paths that mean no good. `STATOR_HALF_OPEN=10000` is how many connections are opened that never say anything, those beyond the
 * listener's backlog left half open.
 */
import { spawn } from "node:child_process";
import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { compile } from "../native/support/compile.ts";
import { nothingGrew, startServer } from "./echo-server.ts";

const HALF_OPEN = Number(process.env.STATOR_HALF_OPEN ?? 2000);
const STREAMS = 1024;
const GOOD = 20;
const DEAF = 10;
const MEGABYTE = 1 << 20;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Until it holds; at most `seconds`. */
async function until(holds: () => boolean, seconds: number): Promise<void> {
	for (const end = performance.now() + seconds * 1000; !holds() && performance.now() < end; ) await pause(20);
}

/** Sends 64 bytes, waits until they are back, and again. */
class GoodPeer {
	rounds = 0;
	fault = "";
	private readonly socket: Socket;

	constructor(port: number) {
		const message = Buffer.alloc(64, "echo");
		let back = 0;
		this.socket = connect(port, "127.0.0.1", () => this.socket.write(message));
		this.socket.on("error", (error) => (this.fault = String(error)));
		this.socket.on("data", (data: Buffer) => {
			back += data.length;
			if (back < message.length) return;
			back = 0;
			this.rounds++;
			setTimeout(() => this.socket.write(message), 5);
		});
	}

	close(): void {
		this.socket.destroy();
	}
}

/** So many connections that say nothing; `taken`: how many of them the server's kernel has taken. */
async function floodOf(peer: string, port: number, count: number) {
	const child = spawn(peer, [String(port), String(count)], { stdio: ["pipe", "pipe", "inherit"] });
	const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
	const said = await new Promise<string>((resolve) => {
		let output = "";
		child.stdout.on("data", (data: Buffer) => {
			output += data;
			if (output.endsWith("\n")) resolve(output);
		});
		child.on("close", () => resolve(output));
	});
	return {
		said,
		taken: Number(/^asked \d+ taken (\d+)$/m.exec(said)?.[1]),
		leave: () => {
			child.stdin.end();
			return ended;
		},
	};
}

test.for([
	["more than the process may open", STREAMS + 100],
	["more than it has streams for", 16_000],
] as const)(
	`M8 X2 ${HALF_OPEN} connections that never send, %s, and peers that never read: those who behave are served, memory and pools keep their sizes`,
	async ([, limit], ctx) => {
		const peer = await compile({ name: "half-open", units: [] });
		const server = await startServer(ctx, limit);
		const good: GoodPeer[] = [];
		const deaf: Socket[] = [];
		try {
			const descriptors = server.descriptors();
			for (let i = 0; i < GOOD; i++) good.push(new GoodPeer(server.port));
			const all = (more: number[]): boolean => good.every(({ rounds }, i) => rounds > more[i]);
			await until(() => all(good.map(() => 10)), 20);
			const resident = server.residentBytes();
			for (let i = 0; i < DEAF; i++) {
				const socket = connect(server.port, "127.0.0.1", () => socket.write(Buffer.alloc(4 * MEGABYTE)));
				socket.pause();
				socket.on("error", () => {});
				deaf.push(socket);
			}
			const flood = await floodOf(peer, server.port, HALF_OPEN);
			if (flood.said.startsWith("descriptors")) return ctx.skip("half-open peer: " + flood.said.trim());
			const open = server.descriptors() - descriptors;
			const rounds = good.map((one) => one.rounds);
			await until(() => all(rounds.map((before) => before + 10)), 20);
			const grown = server.residentBytes() - resident;
			console.log(
				"half open: " + flood.said.trim() + ", open at the server " + open + ", resident bytes more " + grown,
			);
			// Some of those who behave would stand still, if anybody was harmed.
			expect(good.map(({ rounds: now }, i) => now - rounds[i]).filter((more) => more < 10)).toEqual([]);
			expect(good.flatMap(({ fault }) => fault || [])).toEqual([]);
			expect(open).toBeLessThan(limit);
			expect(open).toBeGreaterThan(Math.min(STREAMS, HALF_OPEN));
			if (HALF_OPEN < limit) expect(flood.taken).toBe(HALF_OPEN);
			// Sockets are the kernel's memory. What the program touches of its own for the first time is a few pages a task.
			expect(grown).toBeLessThan(8 * MEGABYTE);

			await flood.leave();
			for (const socket of deaf) socket.destroy();
			await until(() => server.descriptors() <= descriptors + GOOD, 30);
			expect(server.descriptors()).toBe(descriptors + GOOD);
			const late = new GoodPeer(server.port);
			good.push(late);
			await until(() => late.rounds > 0, 20);
			expect(late.rounds).toBeGreaterThan(0);
			for (const one of good) one.close();
			await until(() => server.descriptors() === descriptors, 10);
			expect(server.descriptors()).toBe(descriptors);
		} finally {
			for (const socket of deaf) socket.destroy();
			for (const one of good) one.close();
			server.child.kill("SIGTERM");
		}
		expect(await server.ended).toBe(143);
		expect(server.output()).toContain("closing; connections 0");
		expect(server.output()).toContain(nothingGrew);
	},
);
