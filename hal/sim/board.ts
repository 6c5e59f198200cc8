/** Simulated devices: what the program does with them can be watched, what they receive is scripted. */
import { createLed, type Led, type SerialInput } from "../shared/devices.ts";
import { wake } from "./index.ts";

export type { Led, SerialInput };

let watch: (on: boolean) => void = () => {};
let reader = -1;
const received: number[] = [];

export const led: Led = createLed((on) => watch(on));

export const serial: SerialInput = {
	read: () => received.shift() ?? -1,
	wakeOnReceive(id) {
		reader = id;
	},
};

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
