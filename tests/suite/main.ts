/** The portable suite: one body on Node, on XS on Linux and on the boards. */
import { executorChecks } from "./executor.ts";
import { growthChecks } from "./growth.ts";
import { finish, REAL_TIME } from "./harness.ts";
import { interruptChecks } from "./interrupt.ts";
import { timeChecks } from "./time.ts";

executorChecks();
timeChecks();
interruptChecks();
// Where time is virtual 100,000 sleeps take a moment.
growthChecks(REAL_TIME ? 500 : 100_000);
finish();
