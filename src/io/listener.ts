/**
 * Sockets that accept connections: what TcpListener and UnixListener share. The streams are made at start-up: as many connections as
 * there are streams, and the next is accepted when one of them is closed. One operation accepts all that come (multishot).
 *
 * ```ts
 * const listener = new TcpListener({ streams: 100 });
 * const status = await listener.listen(8080);
 * for await (const stream of listener) trySpawn(serve(stream));
 * ```
 */
import { ioAccept, ioBind, ioCloseNow, ioDrop, ioListen, ioOption, ioPoll, ioTake, type TaskId } from "#hal";
import { createWaitList, delist, enlist, wakeAll, wakeFirst } from "../executor/wait-list.ts";
import { Waiter } from "../executor/waiter.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { ECONNABORTED, EINTR } from "./errors.ts";
import { newOperation } from "./operation.ts";
import { OPTION_NO_DELAY, OPTION_REUSE_ADDRESS, OPTION_REUSE_PORT, Opening, SOCK_STREAM, Socket } from "./socket.ts";
import type { Owner, StreamSocket } from "./stream-socket.ts";

/** What TcpListener and UnixListener are: a socket that accepts, and the streams that it gives out. */
export abstract class Listener<S extends StreamSocket> extends Socket<S> implements Owner {
	readonly acceptor = newOperation(false);
	accepting = false;
	readonly waiting = createWaitList();
	/** Connections are accepted into the ring's own table. */
	readonly direct: boolean;
	private readonly streams: S[] = [];
	private readonly free: number[] = [];
	private freeCount = 0;

	/** INIT. */
	constructor(direct: boolean) {
		super();
		this.direct = direct;
	}

	/** INIT */
	protected addStream(stream: S): void {
		this.free.push(this.streams.length);
		this.streams.push(stream);
		this.freeCount++;
	}

	/** How many connections can still be accepted. */
	get available(): number {
		return this.freeCount;
	}

	/** How many there are. */
	get connections(): number {
		return this.streams.length - this.freeCount;
	}

	/** The next connection; undefined when the listener is closed, or when `status` says why. */
	accept(): Accept<S> {
		return new Accept<S>().start(this);
	}

	/** The same, for `for await`. */
	next(): Accept<S> {
		return new Accept<S>().start(this);
	}

	/** By the wait: a stream for a connection. */
	take(handle: number): S {
		this.freeCount--;
		const stream = this.streams[this.free[this.freeCount]];
		stream.adopt(handle);
		return stream;
	}

	/** By a stream that is closed. */
	release(index: number): void {
		this.free[this.freeCount] = index;
		this.freeCount++;
		wakeFirst(this.waiting);
	}

	override leave(): void {
		if (this.accepting) ioDrop(this.acceptor);
		this.accepting = false;
	}

	override left(): void {
		wakeAll(this.waiting);
	}
}

/** The wait for a connection. */
export class Accept<S extends StreamSocket> extends Waiter<S | undefined> {
	private listener: Listener<S> | undefined = undefined;
	private result = -1;

	/** Waits for a connection of this listener. */
	start(listener: Listener<S>): this {
		delist(this);
		this.listener = listener;
		return this;
	}

	poll(waker: TaskId): Poll {
		const listener = this.listener as Listener<S>;
		this.result = -1;
		for (;;) {
			if (listener.handle < 0) break;
			if (listener.available === 0) {
				enlist(listener.waiting, this, waker);
				return PENDING;
			}
			if (!listener.accepting) {
				listener.accepting = true;
				ioAccept(listener.acceptor, listener.handle, listener.direct);
			}
			if (ioPoll(listener.acceptor, waker) === PENDING) {
				enlist(listener.waiting, this, waker);
				return PENDING;
			}
			this.result = ioTake(listener.acceptor);
			if (this.result >= 0) break;
			if (this.result === EINTR || this.result === ECONNABORTED) continue;
			// No descriptor, no memory: with the next connection that is closed there may be.
			if (listener.connections > 0) {
				enlist(listener.waiting, this, waker);
				return PENDING;
			}
			listener.status = this.result;
			break;
		}
		delist(this);
		// There may be more than this one, and the next who waits is whom the platform has to wake.
		wakeFirst(listener.waiting);
		return READY;
	}

	take(): S | undefined {
		if (this.result < 0) return undefined;
		const { result } = this;
		this.result = -1;
		return (this.listener as Listener<S>).take(result);
	}

	/** Who gives up hands its place on; what it was given and has not taken is closed. */
	override drop(): void {
		delist(this);
		const { listener } = this;
		if (listener === undefined) return;
		if (this.result >= 0) ioCloseNow(this.result);
		this.result = -1;
		wakeFirst(listener.waiting);
	}
}

const STEP_SOCKET = 0;
const STEP_BIND = 1;

/** The wait until a listener listens; yields READY or a status. */
export class Listen extends Opening<Listener<StreamSocket>> {
	private step = STEP_SOCKET;
	private backlog = 0;
	private noDelay = false;
	private reusePort = false;

	/** Port -1: `host` is the path of a Unix socket. TypeError when it listens already. */
	start(
		listener: Listener<StreamSocket>,
		port: number,
		host: string,
		backlog: number,
		noDelay: boolean,
		reusePort: boolean,
	): this {
		if (listener.handle >= 0) throw new TypeError("listen: it listens already: close it first");
		this.backlog = backlog;
		this.noDelay = noDelay;
		this.reusePort = reusePort;
		this.step = STEP_SOCKET;
		return this.openAt(listener, port, host, SOCK_STREAM);
	}

	override poll(waker: TaskId): Poll {
		if (this.outcome < 0) return READY;
		const listener = this.socket as Listener<StreamSocket>;
		for (;;) {
			if (super.poll(waker) === PENDING) return PENDING;
			const result = ioTake(this.operation);
			if (result < 0) return this.fail(result);
			if (this.step === STEP_SOCKET) {
				this.opened = result;
				ioOption(result, OPTION_REUSE_ADDRESS, 1);
				if (this.reusePort) ioOption(result, OPTION_REUSE_PORT, 1);
				if (this.noDelay) ioOption(result, OPTION_NO_DELAY, 1); // connections have it from the listener
				ioBind(this.operation, result, listener.address.number);
			} else if (this.step === STEP_BIND) ioListen(this.operation, this.opened, this.backlog);
			else break;
			this.step++;
		}
		listener.opensAt(this.adopted());
		return READY;
	}
}
