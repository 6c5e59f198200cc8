/**
 * The server on the console's line, which also carries what the program prints: console-frames.ts. The console has one reader, so a program
 * that serves here does not read from `serial`. Task context.
 */
import { interruptClear, interruptNew, interruptPoll, interruptStartConsole, read, restart, type TaskId } from "#hal";
import { yieldNow } from "../executor/yield-now.ts";
import { Leaf } from "../leaf.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { sleep } from "../time/sleep.ts";
import { FrameReader, FrameWriter } from "./console-frames.ts";
import { answer, type SmpServer } from "./server.ts";

/** How long the line has for a reply before the board resets. */
const RESET_MS = 250;

/** The wait for a message on the console's line; yields its length. It belongs to one server. */
export class SerialMessage extends Leaf<number> {
	private readonly wait = interruptNew();
	private frames: FrameReader | undefined = undefined;
	private length = 0;

	/** Begins to wait; returns itself, to be awaited. */
	start(frames: FrameReader): this {
		this.frames = frames;
		interruptStartConsole(this.wait);
		return this;
	}

	poll(waker: TaskId): Poll {
		const frames = this.frames as FrameReader;
		const { wait } = this;
		for (;;) {
			for (let byte = read(); byte >= 0; byte = read()) {
				this.length = frames.accept(byte);
				if (this.length > 0) {
					interruptClear(wait);
					return READY;
				}
			}
			// READY: one came since the last look, after ours at the ring perhaps.
			if (interruptPoll(wait, waker) === PENDING) return PENDING;
		}
	}

	take(): number {
		return this.length;
	}

	drop(): void {
		interruptClear(this.wait);
	}
}

function serialMessage(frames: FrameReader): SerialMessage {
	return new SerialMessage().start(frames);
}

/** A server's line. Made at start-up, one for a program: `await serveSerial(line)`. */
export class SerialLine {
	readonly server: SmpServer;
	readonly frames: FrameReader;
	readonly writer = new FrameWriter();

	/** INIT */
	constructor(server: SmpServer) {
		this.server = server;
		this.frames = new FrameReader(server.bytes, server.requestAt, server.bufferBytes);
	}
}

/** Answers what comes on the console's line, until its task is cancelled. MAY SUSPEND */
export async function serveSerial(line: SerialLine): Promise<void> {
	const { server, frames, writer } = line;
	for (;;) {
		const length = await answer(server, await serialMessage(frames));
		if (length > 0) {
			writer.begin(server.bytes, server.replyAt, length);
			while (writer.next()) await yieldNow();
		}
		if (server.restarts) {
			await sleep(RESET_MS);
			restart();
		}
	}
}
