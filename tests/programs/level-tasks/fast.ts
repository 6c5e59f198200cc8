/** A level with a pool. */
import { sleep, spawn, task } from "stator";
import { InterruptExecutor } from "stator/levels";
import { pause } from "./pause.ts";

const ticker = task({ pool: 2 }, async (ms: number) => {
	for (;;) await pause(ms);
});

InterruptExecutor.at(20, 2).run(async () => {
	spawn(ticker(3), null);
	spawn(ticker(5), null);
	for (;;) await sleep(50);
});
