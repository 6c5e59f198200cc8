/**
 * Whether a handler runs in the middle of a task's turn: in thread mode and at a level, each with its own choice. And whether the level,
 * which is due every 2 ms, comes in the middle of main's turn.
 */
import { log, now, run, sleep, yieldNow } from "stator";
import { handledCount, raise } from "./isr.native.js";

run(async () => {
	log("main, in its turn", raise());
	await yieldNow();
	log("main, after it", handledCount());
	await sleep(30);
	log("main begins");
	const end = now() + 5;
	while (now() < end);
	log("main ends");
});
