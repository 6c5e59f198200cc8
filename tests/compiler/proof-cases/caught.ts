/** What a catch got may be anything that was thrown, numbers among it: an error's message is none of theirs. */
import { log, run, sleep, spawn, task } from "stator";

refused: {
	const careful = task({ name: "refused" }, async (n: number) => {
		try {
			if (n > 10) throw new Error("too much");
		} catch (error) {
			log("failed: " + (error as Error).message); // ! string concatenation
		}
		await sleep(1);
	});
	run(async () => {
		await spawn(careful(20)).join();
	});
}

accepted: {
	const careful = task({ name: "accepted" }, async (n: number) => {
		try {
			if (n > 10) throw new Error("too much");
		} catch (error) {
			log((error as Error).message);
			if (error instanceof RangeError) log(error.name);
		}
		await sleep(1);
	});
	run(async () => {
		await spawn(careful(20)).join();
	});
}
