/** The server on UDP: a datagram is a message. Task context. */
import { restart } from "#hal";
import { ioBuffer } from "../../io/buffer.ts";
import { UdpSocket } from "../../io/udp.ts";
import { sleep } from "../../time/sleep.ts";
import { answer, SmpServer, type SmpServerOptions, smpBytes } from "../server.ts";

/** The port that SMP has. */
export const SMP_PORT = 1337;
/** As long as mcumgr's datagrams become. */
const REQUEST_BYTES = 2048;
/** A datagram of the largest size that goes over an Ethernet in one piece. */
const REPLY_BYTES = 1472;
/** How long a reply has before the program begins anew. */
const RESET_MS = 50;

/** A server's socket. Made at start-up: `await serveUdp(port)`. */
export class UdpPort {
	readonly server: SmpServer;
	readonly socket = new UdpSocket();
	readonly port: number;
	readonly host: string;

	/** INIT. Only this machine reaches it unless another address is given. */
	constructor(server: SmpServer, port = SMP_PORT, host = "127.0.0.1") {
		this.server = server;
		this.port = port;
		this.host = host;
	}
}

/** A server whose messages are in memory that the kernel writes to. INIT. `bufferBytes` is 2,048 and `replyBytes` 1,472 unless told. */
export function udpServer(options: SmpServerOptions): SmpServer {
	const bufferBytes = options.bufferBytes ?? REQUEST_BYTES;
	const replyBytes = options.replyBytes ?? REPLY_BYTES;
	return new SmpServer({ ...options, bufferBytes, replyBytes, bytes: ioBuffer(smpBytes(bufferBytes, replyBytes)) });
}

/** Answers what comes, until its task is cancelled; yields a status when the port cannot be had or the socket fails. MAY SUSPEND */
export async function serveUdp(at: UdpPort): Promise<number> {
	const { server, socket } = at;
	const bound = await socket.bind(at.port, at.host);
	if (bound < 0) return bound;
	for (;;) {
		const count = await socket.receiveFrom(server.bytes, { offset: server.requestAt, length: server.bufferBytes });
		if (count < 0) return count;
		const length = await answer(server, count);
		if (length > 0) await socket.sendTo(server.bytes, socket.peer, { offset: server.replyAt, length });
		if (server.restarts) {
			await sleep(RESET_MS);
			restart();
		}
	}
}
