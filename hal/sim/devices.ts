/** Simulated devices: what the program does with them can be watched, what they receive is scripted. */
import { consoleReceived, pinEdge } from "./interrupts.ts";

let watch: (on: boolean) => void = () => {};
let onStartAgain: () => void = () => {};
let written = "";
const received: number[] = [];

export function setLed(on: boolean): void {
	watch(on);
}

export function read(): number {
	return received.shift() ?? -1;
}

export function write(byte: number): void {
	written += String.fromCharCode(byte);
}

export function writeBytes(bytes: Uint8Array, start: number, end: number): void {
	if (start > end || end > bytes.length)
		throw new RangeError("bytes " + start + " to " + end + " of an array of " + bytes.length);
	for (let i = start; i < end; i++) write(bytes[i]);
}

export function restart(): void {
	onStartAgain();
}

/** Calls back in place of beginning anew, which here does nothing. */
export function onRestart(call: () => void): void {
	onStartAgain = call;
}

/** Calls back at each change of the light. */
export function onLed(call: (on: boolean) => void): void {
	watch = call;
}

/** Delivers bytes as the UART's interrupt would. */
export function receive(text: string): void {
	for (let i = 0; i < text.length; i++) {
		received.push(text.charCodeAt(i));
		consoleReceived();
	}
}

/** What the program has written so far. */
export function sent(): string {
	return written;
}

/** Presses the button, as its interrupt would tell. */
export function press(): void {
	pinEdge("button", "falling");
}
