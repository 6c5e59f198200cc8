/** A task that is woken by the UART's interrupt and answers each line; `q` ends it. */
import { done, log, PENDING, pollTask, print, run } from "stator";
import { serial } from "stator/board";

const echo = pollTask({ name: "echo" }, () => {
	let line = "";
	return {
		start() {
			line = "";
		},
		poll(id) {
			serial.wakeOnReceive(id);
			for (;;) {
				const byte = serial.read();
				if (byte < 0) return PENDING;
				if (byte === 113) return done();
				if (byte !== 10) {
					line += String.fromCharCode(byte);
					continue;
				}
				print("got " + line);
				line = "";
			}
		},
		cancel() {
			serial.wakeOnReceive(-1);
		},
	};
});

log("ready");
run(echo());
