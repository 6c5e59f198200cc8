/**
 * A storm: an interrupt every 500 instructions, while one task counts them, one sleeps and one computes. TIMES is how many.
 */
import { print, run, sleep, spawn, task, yieldNow } from "stator";
import { interrupt, interruptCount } from "stator/board";
import { interruptWaiters } from "#hal";
import { storm, stormMade } from "./storm.native.js";

const TIMES = 20000;
/** 500 instructions of 64 ns, in steps of 40 ns. */
const CYCLES = 800;

let seen = 0;
let waits = 0;
let turns = 0;
let naps = 0;
let over = false;

const count = task({ priority: "high" }, async () => {
	while (seen < TIMES) {
		seen += await interrupt("TIMER1");
		waits++;
	}
	over = true;
});

const compute = task({ priority: "low" }, async () => {
	while (!over) {
		turns++;
		await yieldNow();
	}
});

const nap = task(async () => {
	while (!over) {
		await sleep(1);
		naps++;
	}
});

run(async () => {
	const counting = spawn(count());
	const computing = spawn(compute());
	const napping = spawn(nap());
	await yieldNow();
	await yieldNow();
	storm(TIMES, CYCLES);
	await counting.join();
	await computing.join();
	await napping.join();
});
print("seen " + seen + ", counted " + interruptCount("TIMER1") + ", made " + stormMade());
print("waits " + waits + ", turns " + turns + ", naps " + naps + ", waiting " + interruptWaiters(-1));
