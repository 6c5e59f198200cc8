/** A level goes deep in the engine's C: a function that the engine calls from C has it called again. */
import { print, sleep } from "stator";
import { InterruptExecutor } from "stator/levels";

function deeper(): number {
	return [0].map(deeper).length;
}

InterruptExecutor.at(20, 2).run(async () => {
	await sleep(5);
	print("not reached " + deeper());
});
