/** What an instance of a task takes: this program and pool-large.ts differ in the size of the pool alone. */
import { runFor, sleep, spawnDetached, task } from "stator";

const SIZE = 20;

let sum = 0;

/** A helper that sleeps. */
async function pause(ms: number): Promise<void> {
	await sleep(ms);
}

const worker = task({ pool: SIZE }, async (ms: number, count: number) => {
	for (let i = 0; i < count; i++) {
		await pause(ms);
		sum += i;
	}
});

for (let i = 0; i < SIZE; i++) spawnDetached(worker(1, 3));
runFor(1_000_000);
if (sum !== 3 * SIZE) throw new Error("the workers did not run");
