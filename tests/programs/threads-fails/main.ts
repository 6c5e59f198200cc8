/** A task that throws on another thread: its joiner gets the text, the console the place; and one that no memory is left for, when asked. */
import { print, task } from "stator";
import { run, sharedTask, submit, Work } from "stator/threads";

const GREEDY = false;

const fails = sharedTask(
	"fails",
	task({ pool: 2 }, async (n: number) => {
		if (n > 2) throw new RangeError("more than two");
		return n;
	}),
);
const greedy = sharedTask(
	"greedy",
	// stator: allows-allocation that is what is tried
	task({ pool: 1 }, async () => {
		const all: object[] = [];
		for (;;) all.push({ a: [all.length] });
	}),
);
const work = new Work(fails);
const other = new Work(greedy);

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
		if (GREEDY) {
			submit(other);
			await other.join();
		}
	},
	{ threads: 2 },
);
print("ended");
