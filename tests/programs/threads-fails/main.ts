/** A task that throws on another thread: its joiner gets the text, the console the place. */
import { print, task } from "stator";
import { run, sharedTask, submit, Work } from "stator/threads";

const fails = sharedTask(
	"fails",
	task({ pool: 2 }, async (n: number) => {
		if (n > 2) throw new RangeError("more than two");
		return n;
	}),
);
const work = new Work(fails);

run(
	async () => {
		for (let n = 2; n < 5; n++) {
			submit(work.set(n));
			try {
				const value = await work.join();
				print(value === 2 ? "two" : "what?");
			} catch (error) {
				print((error as Error).message);
			}
		}
	},
	{ threads: 2 },
);
print("ended");
