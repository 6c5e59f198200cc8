/** Sleeps for ever, cleans up when it is told to end. */
import { CANCELLED, PENDING, pollTask, print, READY, run, Sleep } from "stator";

const forever = pollTask({ name: "forever" }, () => {
	const pause = new Sleep();
	return {
		start() {
			pause.start(1000);
		},
		poll(id) {
			while (pause.poll(id) === READY) pause.start(1000);
			return PENDING;
		},
		cancel() {
			pause.drop();
			print("cleaned up");
		},
	};
});

print("running");
print(run(forever()) === CANCELLED ? "cancelled" : "ended");
