/** The portable suite: one body on Node, on XS on Linux and on the boards. */
import { STAT_CYCLES_HZ, STAT_RAM_BYTES, stat } from "#hal";
import { executorChecks } from "./executor.ts";
import { growthChecks } from "./growth.ts";
import { finish } from "./harness.ts";
import { interruptChecks } from "./interrupt.ts";
import { statsChecks } from "./stats.ts";
import { timeChecks } from "./time.ts";

executorChecks();
timeChecks();
statsChecks();
interruptChecks();
// The host's counter counts nanoseconds of real time; on boards and Node time is virtual, and 100,000 sleeps take a moment.
growthChecks(stat(STAT_CYCLES_HZ) === 1_000_000_000 && stat(STAT_RAM_BYTES) > 500_000 ? 500 : 100_000);
finish();
