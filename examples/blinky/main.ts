/** Blinky: one task that toggles the board's light every 500 ms, ten times. */
import { done, log, PENDING, pollTask, run, Sleep } from "stator";
import { led } from "stator/board";

const blink = pollTask({ name: "blink" }, () => {
	const pause = new Sleep();
	let periodMs = 0;
	let left = 0;
	return {
		start(ms: number, toggles: number) {
			periodMs = ms;
			left = toggles;
			pause.start(ms);
		},
		poll(id) {
			for (;;) {
				if (pause.poll(id) === PENDING) return PENDING;
				led.toggle();
				log(led.lit ? "led on" : "led off");
				left--;
				if (left === 0) return done();
				pause.start(periodMs);
			}
		},
		cancel() {
			pause.drop();
		},
	};
});

run(blink(500, 10));
