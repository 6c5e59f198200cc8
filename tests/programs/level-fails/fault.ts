/** A level faults in native code. */
import { sleep } from "stator";
import { InterruptExecutor } from "stator/levels";
import { poke } from "../fault/fault.native.js";

InterruptExecutor.at(20, 2).run(async () => {
	await sleep(5);
	poke();
});
