/**
 * What all sockets share: a descriptor, options, the ways to close it. Which of the two ends closes, and when, is seen by the other as
 * the end of its stream.
 */
import { ioClose, ioCloseNow, ioOption, ioShutdown, ioSocket, ioTake } from "#hal";
import { type Poll, READY } from "../status.ts";
import { Stream } from "../stream.ts";
import { SocketAddress } from "./address.ts";
import { EBADF } from "./errors.ts";
import { Count, HandOver, Operation } from "./operation.ts";

/** A stream of bytes. */
export const SOCK_STREAM = 1;
/** Datagrams. */
export const SOCK_DGRAM = 2;

/** In the order of ioOption (native/linux/socket-glue.c). */
export const OPTION_REUSE_ADDRESS = 0;
/** 1: other sockets may have the same port; connections are shared out. */
export const OPTION_REUSE_PORT = 1;
/** 1: small writes are sent at once (TCP_NODELAY). */
export const OPTION_NO_DELAY = 2;
/** 1: an idle connection is tested now and then. */
export const OPTION_KEEP_ALIVE = 3;
/** 1: datagrams to everybody are allowed. */
export const OPTION_BROADCAST = 4;
/** How many bytes the kernel keeps that are not sent yet; it may take another number. */
export const OPTION_SEND_BUFFER = 5;
/** How many bytes the kernel keeps that nobody has read; it may take another number. */
export const OPTION_RECEIVE_BUFFER = 6;

/** What all sockets are. */
export abstract class Socket<T = never> extends Stream<T> {
	/** A descriptor or a place in the ring's table; -1: there is none. */
	handle = -1;
	/** READY while it can be used; else why not. */
	status = EBADF;
	/** Its own end's, as it was asked for or the kernel chose; of a stream, the other end's. */
	readonly address = new SocketAddress();

	/** It has a descriptor, or a place in the ring's table. */
	get isOpen(): boolean {
		return this.handle >= 0;
	}

	/** An option of OPTION_, of a socket that is not in the ring's table. READY or a status. */
	setOption(option: number, value: number): number {
		return ioOption(this.handle, option, value);
	}

	/** Writes this end's address. READY or a status. */
	localAddress(into: SocketAddress): number {
		return into.setOf(this.handle, false);
	}

	/** Writes the other end's address. READY or a status. */
	remoteAddress(into: SocketAddress): number {
		return into.setOf(this.handle, true);
	}

	/** Ends one direction ("read", "write") or both: the other end sees the end of the stream. */
	shutdown(how: "read" | "write" | "both" = "write"): Shutdown {
		return new Shutdown().start(this, how);
	}

	/** Into the ring's own table: from then on no descriptor of the process. */
	handOver(): HandOver {
		return new HandOver().start(this);
	}

	/** Closes it. Once begun it is done, even if the wait is given up. Any number of times. */
	close(): SocketClose {
		return new SocketClose().start(this);
	}

	/** `await using`: closed at the end of the block, whatever ends it. */
	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}

	/** It is open, at the address that the kernel says. */
	opensAt(handle: number): void {
		this.handle = handle;
		this.status = READY;
		this.address.setOf(handle, false); // the port, where it was left to the kernel
	}

	/** Before it is closed: what is under way for the socket itself ends. */
	leave(): void {}

	/** When it is closed. */
	left(): void {}
}

/** The wait of `socket.shutdown`, kept: yields READY or a status. */
export class Shutdown extends Count {
	/** Begins, as `socket.shutdown`. */
	start(socket: Socket<unknown>, how: "read" | "write" | "both"): this {
		ioShutdown(this.begin(), socket.handle, how === "read" ? 0 : how === "write" ? 1 : 2);
		return this;
	}
}

/** The wait for a socket's end. */
export class SocketClose extends Operation {
	private socket: Socket<unknown> | undefined = undefined;

	/** Begins: from now on the socket is not open. */
	start(socket: Socket<unknown>): this {
		const { handle } = socket;
		socket.leave();
		ioClose(this.begin(), handle);
		socket.handle = -1;
		socket.status = EBADF;
		this.socket = handle < 0 ? undefined : socket;
		return this;
	}

	take(): number {
		this.end();
		return ioTake(this.operation);
	}

	override drop(): void {
		super.drop();
		this.end();
	}

	private end(): void {
		const { socket } = this;
		this.socket = undefined;
		socket?.left();
	}
}

/** A socket comes to be at an address, in steps: what was opened on the way is closed when it fails or is given up. Yields READY or a status. */
export abstract class Opening<S extends Socket<unknown>> extends Operation {
	protected socket: S | undefined = undefined;
	/** What has been opened and is not the socket's yet. */
	protected opened = -1;
	protected outcome = 0;

	constructor() {
		super(true);
	}

	/** Begins with a descriptor. Port -1: `host` is the path of a Unix socket. */
	protected openAt(socket: S, port: number, host: string, type: number): this {
		this.drop();
		this.socket = socket;
		this.outcome = socket.address.set(host, port);
		if (this.outcome === READY) ioSocket(this.begin(), socket.address.family, type, false);
		return this;
	}

	take(): number {
		if (this.outcome < 0) (this.socket as S).status = this.outcome;
		return this.outcome;
	}

	override drop(): void {
		super.drop();
		if (this.opened >= 0) ioCloseNow(this.opened);
		this.opened = -1;
	}

	/** It has failed. */
	protected fail(status: number): Poll {
		this.outcome = status;
		this.drop();
		return READY;
	}

	/** What was opened is the socket's. */
	protected adopted(): number {
		const { opened } = this;
		this.opened = -1;
		return opened;
	}
}
