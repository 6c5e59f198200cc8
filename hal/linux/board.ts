/** The host as a board: a light that only remembers; no button, no serial input (that is the business of stator/io). */
import { edges, edgeWaker, read, readWaker, led as setLed, write } from "../../native/xs/stator.js";
import { Button, createLed, type Led, Serial } from "../shared/devices.ts";

export type { Button, Led, Serial };

/** A light that only remembers. */
export const led: Led = createLed(setLed);

/** Writes to the terminal, never receives anything. */
export const serial = new Serial({ read, wakeOnReceive: readWaker, write });

/** Never pressed. */
export const button = new Button({ edges, wakeOnEdge: edgeWaker });
