/** Threads with work that would last for ever, until SIGINT or SIGTERM: everything is unwound, on each thread. */
import { print, sleep, task } from "stator";
import { attach, run, sharedTask, Work } from "stator/threads";

const forever = sharedTask(
	"forever",
	task({ pool: 2 }, async () => {
		try {
			for (;;) await sleep(1000);
		} finally {
			print("cleaned up");
		}
	}),
);
const works = [new Work(forever), new Work(forever), new Work(forever)];

const outcome = run(
	async () => {
		for (let i = 0; i < works.length; i++) attach(works[i], 1 + (i & 1));
		await sleep(20);
		print("running");
		try {
			await sleep(60_000);
		} finally {
			print("main cleaned up");
		}
	},
	{ threads: 2 },
);
print(typeof outcome === "symbol" ? "cancelled" : "returned");
