/** Simulated devices: what the program does with them can be watched, what they receive is scripted. */
import type { TaskId } from "../hal.ts";

let watch: (on: boolean) => void = () => {};
let wakeTask: (id: TaskId) => void = () => {};
let reader = -1;
let edgeReader = -1;
let pressed = 0;
let written = "";
const received: number[] = [];

/** The simulated machine gives its wake. */
export function connect(wake: (id: TaskId) => void): void {
	wakeTask = wake;
}

export function setLed(on: boolean): void {
	watch(on);
}

export function read(): number {
	return received.shift() ?? -1;
}

export function readWaker(id: TaskId): void {
	reader = id;
}

export function write(byte: number): void {
	written += String.fromCharCode(byte);
}

export function edges(): number {
	return pressed;
}

export function edgeWaker(id: TaskId): void {
	edgeReader = id;
}

/** Calls back at each change of the light. */
export function onLed(call: (on: boolean) => void): void {
	watch = call;
}

/** Delivers bytes as the UART's interrupt would. */
export function receive(text: string): void {
	for (let i = 0; i < text.length; i++) {
		received.push(text.charCodeAt(i));
		if (reader >= 0) wakeTask(reader);
	}
}

/** What the program has written so far. */
export function sent(): string {
	return written;
}

/** Presses the button, as its interrupt would tell. */
export function press(): void {
	pressed++;
	if (edgeReader >= 0) wakeTask(edgeReader);
}
