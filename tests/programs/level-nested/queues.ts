/** What the levels wait at. */
import { sharedSignal } from "stator/actor";

export const toHigh = sharedSignal("to high");
export const toLow = sharedSignal("to low");
