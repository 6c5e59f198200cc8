/** A task that is woken by the UART's interrupt and answers each line; `q` ends it. */
import { done, log, PENDING, pollTask, print, READY, run } from "stator";
import { SerialReceive } from "stator/board";

const echo = pollTask({ name: "echo" }, () => {
	const received = new SerialReceive();
	let line = "";
	return {
		start() {
			line = "";
			received.start();
		},
		poll(id) {
			for (;;) {
				if (received.poll(id) !== READY) return PENDING;
				const byte = received.take();
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
			received.drop();
		},
	};
});

log("ready");
run(echo());
