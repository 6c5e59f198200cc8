/** Simulated devices: what the program does with them can be watched, what they receive is scripted. */
import { Button, createLed, type Led, Serial } from "../shared/devices.ts";
import { wake } from "./index.ts";

export type { Button, Led, Serial };

let watch: (on: boolean) => void = () => {};
let reader = -1;
let edgeReader = -1;
let pressed = 0;
let written = "";
const received: number[] = [];

export const led: Led = createLed((on) => watch(on));

export const serial = new Serial({
	read: () => received.shift() ?? -1,
	wakeOnReceive(id) {
		reader = id;
	},
	write(byte) {
		written += String.fromCharCode(byte);
	},
});

export const button = new Button({
	edges: () => pressed,
	wakeOnEdge(id) {
		edgeReader = id;
	},
});

/** Calls back at each change of the light. */
export function onLed(call: (on: boolean) => void): void {
	watch = call;
}

/** Delivers bytes as the UART's interrupt would. */
export function receive(text: string): void {
	for (let i = 0; i < text.length; i++) {
		received.push(text.charCodeAt(i));
		if (reader >= 0) wake(reader);
	}
}

/** What the program has written so far. */
export function sent(): string {
	return written;
}

/** Presses the button, as its interrupt would tell. */
export function press(): void {
	pressed++;
	if (edgeReader >= 0) wake(edgeReader);
}
