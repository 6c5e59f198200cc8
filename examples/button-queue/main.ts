/**
 * A debounced button to a message queue: one task waits for the button's interrupt, ignores what bounces, and sends how
 * often it was pressed; the root prints what arrives and ends after five presses.
 */
import { Channel, log, run, sleep, spawn, task } from "stator";
import { button, led } from "stator/board";

const DEBOUNCE_MS = 20;
const presses = new Channel<number>(4);

const watch = task(async () => {
	let count = 0;
	for (;;) {
		await button.edge("falling");
		count++;
		led.toggle();
		if (!presses.trySend(count)) log("queue full, lost press", count);
		await sleep(DEBOUNCE_MS); // edges until here are the same press
	}
});

run(async () => {
	spawn(watch());
	log("ready");
	let last = 0;
	while (last < 5) {
		last = await presses.receive();
		log("press", last);
	}
});
