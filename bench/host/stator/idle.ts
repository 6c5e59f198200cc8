/**
 * Tasks that wait for a sleep which does not end: what each keeps resident. Everything that the process has is counted, the engine
 * included.
 */
import { run, sleep, spawnDetached, task, yieldNow } from "stator";
import { resident } from "../measure.native.js";
import { figure, growth, report } from "../report.ts";

const TASKS = 100_000;
let started = 0;

const idles = task({ pool: TASKS, name: "idles" }, async () => {
	started++;
	await sleep(3_600_000);
});

for (let i = 0; i < TASKS; i++) spawnDetached(idles());
run(async () => {
	while (started < TASKS) await yieldNow();
});
const bytes = resident() / TASKS;
const grew = growth();
report(figure("count", started), figure("bytes", bytes), grew);
