/**
 * Streams of bytes between two sockets, TCP or Unix: what TcpStream and UnixStream share.
 *
 * There are two ways to receive, and one socket uses one of them:
 * - `read(buffer)`: into the caller's buffer, one operation each time.
 * - `receive()`, `for await`: into buffers that the kernel chooses when something has come, one operation for all of them. Each is good
 *   until the next one is asked for, or until `release()`. Giving up such a wait loses nothing. These buffers are shared by all sockets
 *   (setting ioProvided): when all are out, sockets wait.
 *
 * One task reads at a time, one writes. A peer that never reads makes `write` wait, and holds up nobody else; bound it with
 * `withTimeout`. What a wait has moved when it is given up is not known: close the socket then.
 */
import {
	ioConnect,
	ioDrop,
	ioOption,
	ioPoll,
	ioReceive,
	ioReceiveMessage,
	ioReceiveStream,
	ioSend,
	ioSendMessage,
	ioTake,
	type TaskId,
} from "#hal";
import { Leaf } from "../leaf.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { type IoBuffer, type ProvidedBuffer, provideBuffers, providedTo } from "./buffer.ts";
import { EIO } from "./errors.ts";
import { Count, newOperation, TransferAll } from "./operation.ts";
import { OPTION_NO_DELAY, Opening, SOCK_STREAM, Socket } from "./socket.ts";

/** Which bytes of the buffer; left out: from 0, to its end. */
export interface SpanOptions {
	offset?: number;
	length?: number;
}

/** Whose stream it is, when a listener accepted it. */
export interface Owner {
	release(index: number): void;
}

/** What TcpStream and UnixStream are. */
export abstract class StreamSocket extends Socket<ProvidedBuffer> {
	/** The operation of `receive`, which goes on from one wait to the next. */
	readonly receiver = newOperation(false);
	/** It has been begun for this connection. */
	receiving = false;
	/** The buffer that was received last. */
	held: ProvidedBuffer | undefined = undefined;
	private readonly owner: Owner | undefined;
	/** Of a listener's stream: its number there, from 0. */
	readonly index: number;

	/** INIT. With an owner: a listener's own. */
	constructor(owner?: Owner, index = -1) {
		super();
		this.owner = owner;
		this.index = index;
	}

	/** A connection begins. */
	adopt(handle: number): void {
		this.handle = handle;
		this.status = READY;
	}

	/** Reads what is there, at least a byte; 0: the other end has ended the stream. */
	read(buffer: IoBuffer, options?: SpanOptions): StreamRead {
		return new StreamRead().start(this, buffer, options?.offset, options?.length);
	}

	/** Reads until the buffer is full; fewer bytes only when the stream has ended. */
	readAll(buffer: IoBuffer, options?: SpanOptions): StreamReadAll {
		return new StreamReadAll().start(this, buffer, options?.offset, options?.length);
	}

	/** Writes; a short count is possible. */
	write(buffer: IoBuffer, options?: SpanOptions): StreamWrite {
		return new StreamWrite().start(this, buffer, options?.offset, options?.length);
	}

	/** Writes everything; yields how many bytes that were, or what stopped it (`moved` of the wait says where). */
	writeAll(buffer: IoBuffer, options?: SpanOptions): StreamWriteAll {
		return new StreamWriteAll().start(this, buffer, options?.offset, options?.length);
	}

	/** Writes buffers, one after the other, in one operation; a short count is possible. At most eight. */
	writeVectors(buffers: readonly IoBuffer[]): StreamWriteVectors {
		return new StreamWriteVectors().start(this, buffers);
	}

	/** Fills buffers, one after the other, with what is there, in one operation; 0 at the end. At most eight. */
	readVectors(buffers: readonly IoBuffer[]): StreamReadVectors {
		return new StreamReadVectors().start(this, buffers);
	}

	/** The next buffer with something in it; undefined at the end of the stream, or when `status` says why (a status below 0). */
	receive(): StreamReceive {
		return new StreamReceive().start(this);
	}

	override leave(): void {
		this.releaseHeld();
		if (this.receiving) ioDrop(this.receiver);
		this.receiving = false;
	}

	override left(): void {
		this.owner?.release(this.index);
	}

	/** Gives the buffer back that was received last. */
	releaseHeld(): void {
		const { held } = this;
		if (held === undefined) return;
		this.held = undefined;
		held.release();
	}
}

/** The wait of `stream.read`, kept: yields the bytes read, 0 at the end, or a status. */
export class StreamRead extends Count {
	/** Begins, as `stream.read`. */
	start(socket: StreamSocket, buffer: IoBuffer, offset?: number, length?: number): this {
		ioReceive(this.begin(), socket.handle, buffer, offset, length, false);
		return this;
	}
}

/** The wait of `stream.write`, kept: yields the bytes sent, or a status: EPIPE, ECONNRESET when the other end has gone. */
export class StreamWrite extends Count {
	/** Begins, as `stream.write`. */
	start(socket: StreamSocket, buffer: IoBuffer, offset?: number, length?: number): this {
		ioSend(this.begin(), socket.handle, buffer, offset, length, false);
		return this;
	}
}

/** The wait of `stream.writeVectors`, kept: yields the bytes sent, or a status. */
export class StreamWriteVectors extends Count {
	constructor() {
		super(true);
	}

	/** Begins, as `stream.writeVectors`. */
	start(socket: StreamSocket, buffers: readonly IoBuffer[]): this {
		ioSendMessage(this.begin(), socket.handle, buffers, -1);
		return this;
	}
}

/** The wait of `stream.readVectors`, kept: yields the bytes read, 0 at the end, or a status. */
export class StreamReadVectors extends Count {
	constructor() {
		super(true);
	}

	/** Begins, as `stream.readVectors`. */
	start(socket: StreamSocket, buffers: readonly IoBuffer[]): this {
		ioReceiveMessage(this.begin(), socket.handle, buffers);
		return this;
	}
}

/** The kernel goes on by itself, as a rule. */
abstract class StreamTransferAll extends TransferAll {
	/** Begins, as the stream's method of this name. */
	start(socket: StreamSocket, buffer: IoBuffer, offset?: number, length?: number): this {
		return this.transfer(socket, buffer, offset, length);
	}
}

/** The wait of `stream.readAll`, kept: yields the bytes read, fewer only when the stream has ended, or a status; `moved` says how far it came. */
export class StreamReadAll extends StreamTransferAll {
	protected next(moved: number): void {
		const { target, buffer, offset, length } = this;
		ioReceive(this.begin(), (target as StreamSocket).handle, buffer as IoBuffer, offset + moved, length - moved, true);
	}

	protected stopped(): number {
		return this.moved;
	}
}

/** The wait of `stream.writeAll`, kept: yields the bytes sent, or a status; `moved` says how far it came. */
export class StreamWriteAll extends StreamTransferAll {
	protected next(moved: number): void {
		const { target, buffer, offset, length } = this;
		ioSend(this.begin(), (target as StreamSocket).handle, buffer as IoBuffer, offset + moved, length - moved, true);
	}

	protected stopped(): number {
		return EIO;
	}
}

/** The wait for a buffer with something in it. */
export class StreamReceive extends Leaf<ProvidedBuffer | undefined> {
	private socket: StreamSocket | undefined = undefined;

	constructor() {
		super();
		provideBuffers();
	}

	/** Gives back the buffer that was received last, and waits for the next. */
	start(socket: StreamSocket): this {
		this.socket = socket;
		socket.releaseHeld();
		return this;
	}

	poll(waker: TaskId): Poll {
		const socket = this.socket as StreamSocket;
		if (socket.handle < 0) return READY;
		if (!socket.receiving) {
			socket.receiving = true;
			ioReceiveStream(socket.receiver, socket.handle);
		}
		return ioPoll(socket.receiver, waker);
	}

	take(): ProvidedBuffer | undefined {
		const socket = this.socket as StreamSocket;
		if (socket.handle < 0) return undefined;
		const count = ioTake(socket.receiver);
		if (count < 0) socket.status = count;
		const buffer = providedTo(socket.receiver, count);
		if (buffer !== undefined) socket.held = buffer;
		return buffer;
	}

	/** What comes stays with the socket: the next wait finds it. */
	drop(): void {}
}

/** The wait for a connection to somewhere; yields READY or a status. */
export class Connect extends Opening<StreamSocket> {
	private noDelay = false;

	/** Port -1: `host` is the path of a Unix socket. TypeError when the socket is connected. */
	start(socket: StreamSocket, port: number, host: string, noDelay: boolean): this {
		if (socket.handle >= 0) throw new TypeError("connect: the socket is connected: close it first");
		this.noDelay = noDelay;
		return this.openAt(socket, port, host, SOCK_STREAM);
	}

	override poll(waker: TaskId): Poll {
		if (this.outcome < 0) return READY;
		const socket = this.socket as StreamSocket;
		for (;;) {
			if (super.poll(waker) === PENDING) return PENDING;
			const result = ioTake(this.operation);
			if (result < 0) return this.fail(result);
			if (this.opened >= 0) break;
			this.opened = result;
			if (this.noDelay) ioOption(result, OPTION_NO_DELAY, 1);
			ioConnect(this.operation, result, socket.address.number);
		}
		socket.adopt(this.adopted());
		return READY;
	}
}
