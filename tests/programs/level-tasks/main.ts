/** Tasks in thread mode and in two levels, for debuggers and traces: those of a level wake in the middle of main's. */
import { now, run, sleep } from "stator";
import { pause } from "./pause.ts";

run(async () => {
	await pause(10);
	const end = now() + 25;
	while (now() < end);
	await sleep(10);
});
