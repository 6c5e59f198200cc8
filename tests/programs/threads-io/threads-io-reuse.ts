/**
 * A server on four executors that listen at one port: the kernel shares the connections out. Each answers a message with its own number
 * in the first byte. SIGUSR1 takes the last of them away, SIGTERM ends the others.
 */
import { CANCELLED, log, print, task } from "stator";
import { interrupt } from "stator/board";
import { ioBuffer, TcpListener } from "stator/io";
import { attach, here, run, sharedTask, Work } from "stator/threads";

const EXECUTORS = 4;
const MESSAGE_BYTES = 4;

// In every machine: its own.
const listener = new TcpListener({ streams: 2, reusePort: true });
const alone = new TcpListener({ streams: 1 });
const message = ioBuffer(MESSAGE_BYTES);

const opens = sharedTask(
	"opens",
	task(async (port: number) => {
		const status = await listener.listen(port);
		return status < 0 ? status : listener.port;
	}),
);
const serves = sharedTask(
	"serves",
	task(async () => {
		try {
			for await (const stream of listener) {
				try {
					if ((await stream.readAll(message)) === MESSAGE_BYTES) {
						message[0] = here();
						await stream.writeAll(message);
					}
				} finally {
					await stream.close();
				}
			}
		} finally {
			await listener.close();
			print("cleaned up");
		}
	}),
);

const openWorks: Work<[number]>[] = [];
const serveWorks: Work<[]>[] = [];
for (let i = 0; i < EXECUTORS; i++) {
	openWorks.push(new Work(opens));
	serveWorks.push(new Work(serves));
}

run(
	async () => {
		let port = 0;
		for (let i = 0; i < EXECUTORS; i++) {
			attach(openWorks[i].set(port), i);
			const opened = await openWorks[i].join();
			if (typeof opened !== "number" || opened <= 0) {
				log("not open", typeof opened === "number" ? opened : 0);
				return;
			}
			port = opened;
		}
		log("without the option", await alone.listen(port));
		for (let i = 0; i < EXECUTORS; i++) attach(serveWorks[i], i);
		log("port", port);
		await interrupt("SIGUSR1");
		serveWorks[EXECUTORS - 1].cancel();
		log("cancelled", (await serveWorks[EXECUTORS - 1].join()) === CANCELLED ? 1 : 0);
		for (let i = 0; i < EXECUTORS - 1; i++) await serveWorks[i].join();
	},
	{ threads: 3 },
);
