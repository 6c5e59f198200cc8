/** A level calls itself without an end. */
import { print, sleep } from "stator";
import { InterruptExecutor } from "stator/levels";

function down(depth: number): number {
	return down(depth + 1) + 1;
}

InterruptExecutor.at(20, 2).run(async () => {
	await sleep(5);
	print(String(down(0)));
});
