/** The host as a board: a light that only remembers, no serial input (that is the business of stator/io). */
import { read, readWaker, led as setLed } from "../../native/xs/stator.js";
import { createLed, type Led, type SerialInput } from "../shared/devices.ts";

export type { Led, SerialInput };

/** The board's light. */
export const led: Led = createLed(setLed);

/** Never receives anything. */
export const serial: SerialInput = { read, wakeOnReceive: readWaker };
