/** A level fills its machine. */
import { print, sleep } from "stator";
import { InterruptExecutor } from "stator/levels";

const keep: unknown[] = [];

InterruptExecutor.at(20, 2).run(async () => {
	await sleep(5);
	for (let i = 0; i >= 0; i++) keep.push(new Uint8Array(100));
	print("not reached " + keep.length);
});
