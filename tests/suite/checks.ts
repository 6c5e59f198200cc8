/** All checks of the portable suite, in order. What main.ts and short.ts run; the difference is how long the loops of growth.ts are. */
import { executorChecks } from "./executor.ts";
import { growthChecks } from "./growth.ts";
import { finish, REAL_TIME } from "./harness.ts";
import { interruptChecks } from "./interrupt.ts";
import { sharedChecks } from "./shared.ts";
import { statsChecks } from "./stats.ts";
import { tickChecks } from "./ticks.ts";
import { timeChecks } from "./time.ts";

export function portableSuite(turns: number): void {
	executorChecks();
	timeChecks();
	tickChecks();
	statsChecks();
	interruptChecks();
	sharedChecks();
	// Where time is virtual any number of sleeps takes a moment.
	growthChecks(turns, REAL_TIME ? 500 : turns);
	finish();
}
