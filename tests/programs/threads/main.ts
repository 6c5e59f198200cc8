/** Four threads, thousands of pieces of work, each a sum; then what is attached to one thread, and what throws. */
import { log, task } from "stator";
import { attach, here, run, sharedTask, submit, Work } from "stator/threads";

const square = sharedTask(
	"square",
	task({ pool: 4 }, async (n: number) => n * n),
);
const where = sharedTask(
	"where",
	task(async () => here()),
);
const works: Work<[number]>[] = [];
for (let i = 0; i < 64; i++) works.push(new Work(square));
const place = new Work(where);

run(
	async () => {
		let sum = 0;
		for (let round = 0; round < 100; round++) {
			for (let i = 0; i < works.length; i++) submit(works[i].set(round * 64 + i));
			for (let i = 0; i < works.length; i++) {
				const value = await works[i].join();
				if (typeof value === "number") sum += value;
			}
		}
		log("sum", sum === (6399 * 6400 * 12799) / 6 ? 1 : 0);
		for (let executor = 0; executor <= 4; executor++) {
			attach(place, executor);
			const value = await place.join();
			log("ran on", typeof value === "number" ? value : -1);
		}
	},
	{ threads: 4 },
);
log("ended");
