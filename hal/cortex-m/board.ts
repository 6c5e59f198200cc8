/** The devices of a Cortex-M board, by native/cortex-m/chip.h. */
import { read, readWaker, led as setLed } from "../../native/xs/stator.js";
import { createLed, type Led, type SerialInput } from "../shared/devices.ts";

export type { Led, SerialInput };

/** The board's light. */
export const led: Led = createLed(setLed);

/** The console's UART, received by interrupt into a ring of 64 bytes. */
export const serial: SerialInput = { read, wakeOnReceive: readWaker };
