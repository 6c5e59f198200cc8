/**
 * A UART line echo: bytes come by interrupt, the task collects a line and sends it back in capitals. A line longer than the
 * buffer is cut; a line that is just a dot ends the program.
 */
import { log, run } from "stator";
import { serial } from "stator/board";

const LINE_MAX = 80;
const NEWLINE = 10;
const DOT = 46;
const line: number[] = [];
for (let i = 0; i < LINE_MAX; i++) line.push(0);

/** Collects a line; returns its length. */
async function readLine(): Promise<number> {
	let length = 0;
	for (;;) {
		const byte = await serial.receive();
		if (byte === NEWLINE) return length;
		if (length < LINE_MAX) {
			line[length] = byte;
			length++;
		}
	}
}

function capital(byte: number): number {
	return byte >= 97 && byte <= 122 ? byte - 32 : byte;
}

run(async () => {
	log("ready");
	for (;;) {
		const length = await readLine();
		if (length === 1 && line[0] === DOT) return;
		for (let i = 0; i < length; i++) serial.write(capital(line[i]));
		serial.write(NEWLINE);
	}
});
