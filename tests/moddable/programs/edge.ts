/** A task that sleeps until a pin falls, and then switches the light on; off again with the next one. */
import { run } from "stator";
import { led, pin } from "stator/board";

run(async () => {
	const input = pin("15");
	for (;;) {
		await input.edge("falling");
		led.toggle();
	}
});
