/** Unix sockets that carry streams (stream-socket.ts, listener.ts): by a path, or by "@name", which no file stands for. */
import { checkedCapacity } from "../sync/capacity.ts";
import { Listen, Listener } from "./listener.ts";
import { Connect, StreamSocket } from "./stream-socket.ts";

const NO_PORT = -1;

/** A connection. One that a listener accepted goes back to it when it is closed. */
export class UnixStream extends StreamSocket {
	/** Connects; yields READY or a status. */
	connect(path: string): Connect {
		return new Connect().start(this, NO_PORT, path, false);
	}
}

/** Accepts connections; its streams are made with it. */
export class UnixListener extends Listener<UnixStream> {
	/** INIT: makes the streams. */
	constructor(options: { streams?: number; direct?: boolean } = {}) {
		super(options.direct === true);
		const streams = checkedCapacity(options.streams ?? 16, "UnixListener: the number of streams");
		for (let i = 0; i < streams; i++) this.addStream(new UnixStream(this, i));
	}

	/** Listens; yields READY or a status: EADDRINUSE when there is a file of that name (`unlink` it first). */
	listen(path: string, backlog = 511): Listen {
		return new Listen().start(this, NO_PORT, path, backlog, false, false);
	}
}
