/** Digital on MPS2 boards: what is refused, two lights in one register, and the button's edges, called back and awaited. */
import { log, print, run, spawn, task, yieldNow } from "stator";
import { Digital, led, pend } from "stator/board";

/** The spare vector that stands for a button. */
const BUTTON_VECTOR = 31;
let presses = 0;

function refused(pin: string, mode: number, edge?: number): string {
	try {
		new Digital(edge === undefined ? { pin, mode } : { pin, mode, edge });
		return "nothing";
	} catch (error) {
		return String(error);
	}
}

const output = new Digital({ pin: "LED1", mode: Digital.Output });
const other = new Digital({ pin: "LED0", mode: Digital.Output });
const button = new Digital({
	pin: "button",
	mode: Digital.Input,
	edge: Digital.Falling,
	onReadable() {
		presses++;
	},
});
print(refused("LED1", Digital.Output));
print(refused("BUTTON1", Digital.Output));
print(refused("PA0", Digital.Input));
print(refused("LED0", Digital.Output, Digital.Rising));
print(refused("BUTTON1", Digital.Input, 7));
const spare = new Digital({ pin: "BUTTON1", mode: Digital.Input });
spare.close();
print(refused("BUTTON1", Digital.Input));
try {
	spare.read();
} catch (error) {
	print(String(error));
}

const presser = task(async () => {
	await yieldNow();
	pend(BUTTON_VECTOR);
});

run(async () => {
	const begins = output.read();
	output.write(1);
	const high = output.read();
	output.write(0);
	log("output", 100 * begins + 10 * high + output.read());
	output.write(1);
	led.on();
	led.off();
	log("both", 10 * output.read() + other.read());
	for (let i = 0; i < 3; i++) {
		pend(BUTTON_VECTOR);
		await yieldNow();
		await yieldNow();
	}
	log("called back", presses);
	const pressing = spawn(presser());
	log("awaited", await button.readable());
	await pressing.join();
	button.close();
	button.close();
	await yieldNow();
	pend(BUTTON_VECTOR);
	await yieldNow();
	log("called back", presses);
});
