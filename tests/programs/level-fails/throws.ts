/** A task of a level throws, in a function that it calls; another one of the same level goes on. */
import { print, sleep, spawn, task } from "stator";
import { InterruptExecutor } from "stator/levels";

function check(value: number): void {
	if (value > 1) throw new RangeError("value " + value);
}

const checker = task(async () => {
	for (let value = 0; ; value++) {
		await sleep(5);
		check(value);
	}
});

InterruptExecutor.at(20, 2).run(async () => {
	spawn(checker(), null);
	for (;;) {
		await sleep(20);
		print("the level goes on");
	}
});
