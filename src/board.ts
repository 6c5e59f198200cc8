/** `stator/board`: the board's own devices. What stands behind them is the platform's (hal/<platform>). */
import { edges, edgeWaker, read, readWaker, setLed, write } from "#hal";
import { Button, createLed, type Led, Serial } from "./io/devices.ts";

export { Button, type Led, Serial };

/** The board's light. On the host one that only remembers. */
export const led: Led = createLed(setLed);

/** The console's line: received by interrupt into a ring of 64 bytes. On the host it never receives anything. */
export const serial = new Serial({ read, wakeOnReceive: readWaker, write });

/**
 * The board's button: EXTI on the STM32F4; where a board has none, a spare interrupt vector stands for it. On the host it
 * is never pressed.
 */
export const button = new Button({ edges, wakeOnEdge: edgeWaker });
