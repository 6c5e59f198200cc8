/** TCP (stream-socket.ts, listener.ts). Addresses are numbers, such as "127.0.0.1" or "::1": there is no name service. */
import { checkedCapacity } from "../sync/capacity.ts";
import { Listen, Listener } from "./listener.ts";
import { Connect, StreamSocket } from "./stream-socket.ts";

/** A connection. One that a listener accepted goes back to it when it is closed. */
export class TcpStream extends StreamSocket {
	/** Connects; yields READY or a status. Small writes are sent at once (TCP_NODELAY). */
	connect(port: number, host = "127.0.0.1"): Connect {
		return new Connect().start(this, port, host, true);
	}
}

/** What a listener is made with; start-up. */
export interface TcpListenerOptions {
	/** How many connections there may be at a time; default 16. */
	streams?: number;
	/** Connections are accepted into the ring's own table: cheaper, no descriptors of the process. */
	direct?: boolean;
	/** Small writes wait for more (Nagle's algorithm), of every connection; default false. */
	delay?: boolean;
	/** Other sockets may listen at the same port. */
	reusePort?: boolean;
}

/** Accepts connections; its streams are made with it. */
export class TcpListener extends Listener<TcpStream> {
	private readonly noDelay: boolean;
	private readonly reusePort: boolean;

	/** INIT: makes the streams. */
	constructor(options: TcpListenerOptions = {}) {
		super(options.direct === true);
		const streams = checkedCapacity(options.streams ?? 16, "TcpListener: the number of streams");
		for (let i = 0; i < streams; i++) this.addStream(new TcpStream(this, i));
		this.noDelay = options.delay !== true;
		this.reusePort = options.reusePort === true;
	}

	/** Listens at a port, 0: one that the kernel chooses (`port`); yields READY or a status. "::" is every address. */
	listen(port: number, host = "127.0.0.1", backlog = 511): Listen {
		return new Listen().start(this, port, host, backlog, this.noDelay, this.reusePort);
	}

	/** Where it listens. */
	get port(): number {
		return this.address.port;
	}
}
