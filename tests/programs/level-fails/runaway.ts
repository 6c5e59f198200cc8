/** A level recurses in native code, which asks nothing of the engine's on the way down. */
import { sleep } from "stator";
import { InterruptExecutor } from "stator/levels";
import { dive } from "../runaway/runaway.native.js";

InterruptExecutor.at(20, 2).run(async () => {
	await sleep(5);
	dive();
});
