/** Blinky: one task that toggles the board's light every 500 ms, ten times. */
import { log, run, sleep } from "stator";
import { led } from "stator/board";

run(async () => {
	for (let toggles = 0; toggles < 10; toggles++) {
		await sleep(500);
		led.toggle();
		log(led.lit ? "led on" : "led off");
	}
});
