/** The board's light: Digital on `device.pin.led`. */
import { device, type Io } from "./ecma419.ts";

let light: Io | undefined;
let sought = false;

// stator: allows-allocation the first switch opens the pin; later ones write to it
export function setLed(on: boolean): void {
	if (!sought) {
		sought = true;
		const pin = device()?.pin?.led;
		const Digital = device()?.io?.Digital;
		if (pin !== undefined && Digital !== undefined) light = new Digital({ pin, mode: Digital.Output });
	}
	if (light !== undefined) light.write(on ? 1 : 0);
}
