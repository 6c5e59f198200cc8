/** All checks of the portable suite, in order. What main.ts and short.ts run; the difference is how long the loops of growth.ts are. */
import { STAT_CYCLES_HZ, STAT_RAM_BYTES, stat } from "#hal";
import { executorChecks } from "./executor.ts";
import { growthChecks } from "./growth.ts";
import { finish } from "./harness.ts";
import { interruptChecks } from "./interrupt.ts";
import { statsChecks } from "./stats.ts";
import { timeChecks } from "./time.ts";

export function portableSuite(turns: number): void {
	executorChecks();
	timeChecks();
	statsChecks();
	interruptChecks();
	// The host's counter counts nanoseconds of real time; on boards and Node time is virtual, and any number of sleeps takes a moment.
	const host = stat(STAT_CYCLES_HZ) === 1_000_000_000 && stat(STAT_RAM_BYTES) > 500_000;
	growthChecks(turns, host ? 500 : turns);
	finish();
}
