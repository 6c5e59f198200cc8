/** The devices of a Cortex-M board, by native/cortex-m/chip.h. */
import { edges, edgeWaker, read, readWaker, led as setLed, write } from "../../native/xs/stator.js";
import { Button, createLed, type Led, Serial } from "../shared/devices.ts";

export type { Button, Led, Serial };

/** The board's light. */
export const led: Led = createLed(setLed);

/** The console's UART, received by interrupt into a ring of 64 bytes. */
export const serial = new Serial({ read, wakeOnReceive: readWaker, write });

/** The board's button: EXTI on the STM32F4; where a board has none, a spare interrupt vector stands for it. */
export const button = new Button({ edges, wakeOnEdge: edgeWaker });
