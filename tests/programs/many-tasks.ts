/** A large pool with the settings that a program gets by default: how often making it collects. */
import { run, sleep, spawnDetached, task, yieldNow } from "stator";
import { print, STAT_COLLECTIONS, stat } from "#hal";

const TASKS = 20_000;
let begun = 0;

const idles = task({ pool: TASKS }, async () => {
	begun++;
	await sleep(3_600_000);
});

for (let i = 0; i < TASKS; i++) spawnDetached(idles());
const collections = stat(STAT_COLLECTIONS);
run(async () => {
	while (begun < TASKS) await yieldNow();
});
print("begun " + begun + ", collections " + collections);
