/**
 * A TCP echo server: up to 1,024 connections, each with a task and a buffer that were made at start-up. Who says nothing for half a
 * minute, or never reads what he is sent, is let go; the next connection is accepted when one is free. SIGINT and SIGTERM end it in order.
 */
import { log, run, spawnDetached, TIMEOUT, task, withTimeout } from "stator";
import { type IoBuffer, ioBuffer, ioStatusText, programArguments, TcpListener, type TcpStream } from "stator/io";

const CONNECTIONS = 1024;
const BUFFER_BYTES = 4096;
const PATIENCE_MS = 30_000;

const [port = "7007", host = "127.0.0.1"] = programArguments();
const portNumber = Number(port);
const listener = new TcpListener({ streams: CONNECTIONS });
const buffers: IoBuffer[] = [];
for (let i = 0; i < CONNECTIONS; i++) buffers.push(ioBuffer(BUFFER_BYTES));

// Captured: memory is not what a host lacks, and each poll is cheaper.
const serve = task(
	{ pool: CONNECTIONS, name: "serve", form: "captured" },
	async (stream: TcpStream, buffer: IoBuffer) => {
		try {
			for (;;) {
				const count = await withTimeout(stream.read(buffer), PATIENCE_MS);
				if (count === TIMEOUT || count <= 0) return;
				const sent = await withTimeout(stream.writeAll(buffer, { length: count }), PATIENCE_MS);
				if (sent === TIMEOUT || sent < 0) return;
			}
		} finally {
			await stream.close();
		}
	},
);

run(async () => {
	const status = await listener.listen(portNumber, host);
	if (status < 0) {
		log("cannot listen:", status);
		log(ioStatusText(status));
		return;
	}
	log("listening at port", listener.port);
	try {
		for await (const stream of listener) spawnDetached(serve(stream, buffers[stream.index]));
		log("stopped:", listener.status);
	} finally {
		log("closing; connections", listener.connections);
	}
});
