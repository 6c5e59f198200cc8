/** Digital on the micro:bit, whose pins QEMU has: what an output shows, at the pin and to a reader, and what pulls do. */
import { log, run } from "stator";
import { Digital } from "stator/board";

const output = new Digital({ pin: "P0.10", mode: Digital.Output });
const up = new Digital({ pin: "P0.11", mode: Digital.InputPullUp });
const down = new Digital({ pin: "P0.12", mode: Digital.InputPullDown });

run(async () => {
	const begins = output.read();
	output.write(1);
	const high = output.read();
	output.write(0);
	log("output", 100 * begins + 10 * high + output.read());
	log("pulls", 10 * up.read() + down.read());
});
