/** The serial line: the device's default Serial, opened when it is first written to or waited for. */
import { consoleCame } from "../../native/moddable/events.js";
import { interruptStartConsole as startConsole } from "../../native/xs/interrupt.js";
import { device, type Io } from "./ecma419.ts";

const BAUD = 115_200;

let line: Io | undefined;
let sought = false;

function open(): void {
	sought = true;
	const entry = device()?.Serial?.default;
	if (entry === undefined) return;
	line = new entry.io({ ...entry, baud: BAUD, format: "number", onReadable: (count) => consoleCame(count) });
}

/** A byte that was received, or -1. */
// stator: allows-allocation the first use opens the line; later ones read from it
export function read(): number {
	if (!sought) open();
	return line?.read() ?? -1;
}

/** A byte to the line; what does not fit into the SDK's buffer throws, as ECMA-419 says. */
// stator: allows-allocation the first use opens the line; later ones write to it
export function write(byte: number): void {
	if (!sought) open();
	line?.write(byte);
}

// stator: allows-allocation the first use opens the line
export function interruptStartConsole(wait: number): void {
	if (!sought) open();
	startConsole(wait);
}
