/** A task that takes all memory of its thread, while the others work. */
import { print, sleep, task } from "stator";
import { attach, run, sharedTask, Work } from "stator/threads";

const all: object[] = [];
const greedy = sharedTask(
	"greedy",
	task(async () => {
		for (;;) {
			all.push({ a: [all.length] });
			if (all.length === 1_000_000_000) print("so much there is not");
		}
	}),
);
const busy = sharedTask(
	"busy",
	task(async () => {
		for (;;) await sleep(1);
	}),
);
const works = [new Work(greedy), new Work(busy)];

run(
	async () => {
		attach(works[1], 1);
		attach(works[0], 2);
		await works[0].join();
		print("not here");
	},
	{ threads: 2 },
);
