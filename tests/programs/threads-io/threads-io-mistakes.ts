/** What is wrong with a program that does I/O on threads throws in the task that does it, and says what. The option left out. */
import { print, task } from "stator";
import { File, ioBuffer } from "stator/io";
import { attach, run, sharedTask, Work } from "stator/threads";

const small = ioBuffer(64);
const file = new File();
const passed = new File();
const adopts = sharedTask(
	"adopts",
	task(async (handle: number) => {
		passed.adopt(handle);
		return await passed.read(small, { length: 10, position: 0 });
	}),
);
const work = new Work(adopts);

run(
	async () => {
		await file.open("mistakes", "w+", { direct: true });
		await file.write(small);
		for (let executor = 0; executor < 3; executor++) {
			attach(work.set(file.handle), executor);
			try {
				print(executor + ": " + String(await work.join()));
			} catch (error) {
				print(executor + ": " + String(error));
			}
		}
		await file.close();
	},
	{ threads: 2 },
);
