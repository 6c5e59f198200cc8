/**
 * UDP. Datagrams: one that does not fit into the buffer is cut.
 *
 * ```ts
 * const socket = new UdpSocket();
 * await socket.bind(5353);
 * const count = await socket.receiveFrom(buffer);     // from socket.peer
 * await socket.sendTo(buffer, socket.peer, { length: count });
 * ```
 */
import { ioAddressPeer, ioBind, ioReceiveFrom, ioSendTo, ioTake, type TaskId } from "#hal";
import { PENDING, type Poll, READY } from "../status.ts";
import { SocketAddress } from "./address.ts";
import type { IoBuffer } from "./buffer.ts";
import { Count, Operation } from "./operation.ts";
import { Opening, SOCK_DGRAM, Socket } from "./socket.ts";
import type { SpanOptions } from "./stream-socket.ts";

/** A socket for datagrams. One task receives at a time, one sends. */
export class UdpSocket extends Socket {
	/** From whom the last datagram came. */
	readonly peer = new SocketAddress();

	/** Opens it at a port, 0: one that the kernel chooses (`port`); yields READY or a status. */
	bind(port = 0, host = "127.0.0.1"): Bind {
		return new Bind().start(this, port, host);
	}

	/** Sends a datagram. */
	sendTo(buffer: IoBuffer, address: SocketAddress, options?: SpanOptions): SendTo {
		return new SendTo().start(this, buffer, address, options?.offset, options?.length);
	}

	/** Receives a datagram; yields its bytes, and `peer` is who sent it. */
	receiveFrom(buffer: IoBuffer, options?: SpanOptions): ReceiveFrom {
		return new ReceiveFrom().start(this, buffer, options?.offset, options?.length);
	}

	/** Where it is bound. */
	get port(): number {
		return this.address.port;
	}
}

/** The wait of `socket.sendTo`, kept: yields the bytes sent, or a status. */
export class SendTo extends Count {
	constructor() {
		super(true);
	}

	/** Begins, as `socket.sendTo`. */
	start(socket: UdpSocket, buffer: IoBuffer, address: SocketAddress, offset?: number, length?: number): this {
		ioSendTo(this.begin(), socket.handle, buffer, offset, length, address.number);
		return this;
	}
}

/** The wait of `socket.receiveFrom`, kept: yields the bytes received, or a status. */
export class ReceiveFrom extends Operation {
	private socket: UdpSocket | undefined = undefined;

	constructor() {
		super(true);
	}

	/** Begins, as `socket.receiveFrom`. */
	start(socket: UdpSocket, buffer: IoBuffer, offset?: number, length?: number): this {
		this.socket = socket;
		ioReceiveFrom(this.begin(), socket.handle, buffer, offset, length);
		return this;
	}

	take(): number {
		const count = ioTake(this.operation);
		if (count >= 0) ioAddressPeer((this.socket as UdpSocket).peer.number, this.operation);
		return count;
	}
}

/** The wait for a socket at an address; yields READY or a status. */
export class Bind extends Opening<UdpSocket> {
	/** TypeError when it is open. */
	start(socket: UdpSocket, port: number, host: string): this {
		if (socket.handle >= 0) throw new TypeError("bind: the socket is open: close it first");
		return this.openAt(socket, port, host, SOCK_DGRAM);
	}

	override poll(waker: TaskId): Poll {
		if (this.outcome < 0) return READY;
		const socket = this.socket as UdpSocket;
		for (;;) {
			if (super.poll(waker) === PENDING) return PENDING;
			const result = ioTake(this.operation);
			if (result < 0) return this.fail(result);
			if (this.opened >= 0) break;
			this.opened = result;
			ioBind(this.operation, result, socket.address.number);
		}
		socket.opensAt(this.adopted());
		return READY;
	}
}
