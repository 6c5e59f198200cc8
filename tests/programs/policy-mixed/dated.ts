/** A level whose executor has the policy "deadline", in a program whose main has "priority". */
import { Channel, print, sleep, spawnDetached, task } from "stator";
import { InterruptExecutor } from "stator/levels";

const first = new Channel<number>(1);
const second = new Channel<number>(1);

const far = task({ deadline: 500 }, async () => {
	await first.receive();
	print("far");
});
const near = task({ deadline: 20 }, async () => {
	await second.receive();
	print("near");
});

InterruptExecutor.at(20, 2).run(async () => {
	spawnDetached(far());
	spawnDetached(near());
	await sleep(5);
	first.trySend(1);
	second.trySend(1);
});
