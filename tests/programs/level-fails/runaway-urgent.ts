/** As runaway.ts, at the priority of the fault exceptions themselves: the core cannot enter MemManage from there. */
import { sleep } from "stator";
import { InterruptExecutor } from "stator/levels";
import { dive } from "../runaway/runaway.native.js";

InterruptExecutor.at(20, 0).run(async () => {
	await sleep(5);
	dive();
});
