/**
 * One interrupt after the other, each one step of the timer (0.6 instructions) later than the one before, over the whole way from the task's
 * request to the executor's sleep and back: 2,000 offsets. A wake that was lost would leave the task asleep for ever.
 */
import { print, run, task } from "stator";
import { interrupt, interruptCount } from "stator/board";
import { interruptWaiters } from "#hal";
import { stormMade, strike } from "./storm.native.js";

const OFFSETS = 2000;
/** The nearest that the timer can be set. */
const NEAREST = 2;

let seen = 0;
let late = 0;

const sweep = task(async () => {
	for (let offset = 0; offset < OFFSETS; offset++) {
		strike(NEAREST + offset);
		const came = await interrupt("TIMER1");
		seen += came;
		if (came !== 1 || stormMade() !== 1) late++;
	}
});

run(sweep());
print(
	"seen " + seen + ", counted " + interruptCount("TIMER1") + ", wrong " + late + ", waiting " + interruptWaiters(-1),
);
