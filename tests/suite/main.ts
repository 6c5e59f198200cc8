/** The portable suite: one body on Node, on XS on Linux and on the boards. */
import { STAT_MALLOC_CALLS, stat } from "#hal";
import { executorChecks } from "./executor.ts";
import { growthChecks } from "./growth.ts";
import { finish } from "./harness.ts";
import { timeChecks } from "./time.ts";

executorChecks();
timeChecks();
// Real time passes on a host: fewer sleeps there. Only XS counts c_malloc calls, only a board has virtual time and XS.
growthChecks(stat(STAT_MALLOC_CALLS) > 0 && isHost() ? 500 : 100_000);
finish();

function isHost(): boolean {
	return stat(9) === 1_000_000_000 && stat(7) > 1_000_000;
}
