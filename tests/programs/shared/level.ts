/** A level, more urgent than main and less than the handler: it sends numbers and records to main, and is interrupted while it does. */
import { log, sleep } from "stator";
import { item, sharedChannel, sharedRecordChannel, sharedSignal } from "stator/actor";
import { InterruptExecutor } from "stator/levels";
import { LEVEL_TIMES, Reading } from "./names.ts";

const numbers = sharedChannel("of the level", "u32", 8);
const readings = sharedRecordChannel("readings", Reading, 4);
const speed = sharedSignal("speed", "f64");
const reading = item(Reading);

InterruptExecutor.at(20, 2).run(async () => {
	let refused = 0;
	let lost = 0;
	for (let n = 1; n <= LEVEL_TIMES; ) {
		for (let burst = 0; burst < 10 && n <= LEVEL_TIMES; burst++) {
			speed.signal(n / 4);
			reading.set(Reading.n, n);
			reading.set(Reading.twice, 2 * n);
			if (!readings.trySend(reading)) lost++;
			if (numbers.trySend(n)) n++;
			else refused++;
		}
		await sleep(10);
	}
	log("level: refused as counted", refused === numbers.refused && lost === readings.refused ? refused : -1);
});
