/** `stator/board`: the board's own devices. What stands behind them is the platform's (hal/<platform>). */
import { setLed } from "#hal";
import { createLed, type Led } from "./io/led.ts";
import { Pin } from "./io/pin.ts";
import { Serial } from "./io/serial.ts";

export { interruptCount, pend } from "#hal";
export { Digital, type DigitalOptions } from "./io/digital.ts";
export { Interrupt, type InterruptMode, interrupt, prioritize, type Vector } from "./io/interrupt.ts";
export { Edge, type EdgeDirection, Pin, pin } from "./io/pin.ts";
export { Serial, SerialReceive } from "./io/serial.ts";
export type { Led };

/** The board's light. On the host one that only remembers. */
export const led: Led = createLed(setLed);

/** The console's line: received by interrupt into a ring of 64 bytes. On the host it never receives anything. */
export const serial = new Serial();

/**
 * The board's button: PB11 on the STM32F405; where a board has none, a spare interrupt vector stands for it. On the host it
 * is never pressed.
 */
export const button: Pin = /* @__PURE__ */ new Pin("button", true);
