/** Executors on threads that only compute: the main thread has files, and what needs a ring elsewhere says so. */
import { log, print, task } from "stator";
import { File, IoStatus, ioBuffer, UnixListener } from "stator/io";
import { attach, run, sharedTask, submit, Work } from "stator/threads";

const block = ioBuffer(64);
const file = new File();
const status = new IoStatus();
const listener = new UnixListener({ streams: 1 });
const reads = sharedTask(
	"reads",
	task(async () => await file.read(block, { position: 0 })),
);
const opens = sharedTask(
	"opens",
	task(async () => {
		try {
			return await file.open("none", "r");
		} finally {
			status.cancel();
			await file.close();
		}
	}),
);
const accepts = sharedTask(
	"accepts",
	task(async () => {
		await listener.accept();
		return 0;
	}),
);
const sums = sharedTask(
	"sums",
	task(async (n: number) => {
		let sum = 0;
		for (let i = 0; i <= n; i++) sum += i;
		for (let i = 0; i < block.length; i++) block[i] = i;
		return sum + block[63];
	}),
);
const readWork = new Work(reads);
const openWork = new Work(opens);
const acceptWork = new Work(accepts);
const sumWork = new Work(sums);

async function shown(work: Work<[]>): Promise<void> {
	attach(work, 1);
	try {
		print(String(await work.join()));
	} catch (error) {
		print(String(error));
	}
}

run(
	async () => {
		log("open", await file.open("none", "w+"));
		log("write", await file.write(block));
		await shown(readWork);
		await shown(openWork);
		await shown(acceptWork);
		submit(sumWork.set(100));
		log("computed", (await sumWork.join()) as number);
		log("read", await file.read(block, { position: 0 }));
		await file.close();
	},
	{ threads: 2, io: "none" },
);
