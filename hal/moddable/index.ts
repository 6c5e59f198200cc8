/**
 * Boards that Moddable's SDK knows, as a platform (hal/hal.ts): the executor is a guest in the SDK's event loop, see native/moddable/host.h. The
 * native functions are those of native/xs, over a port that touches no chip.
 */

export { host, hostEnded } from "../../native/moddable/host.js";
export * from "../hal.ts";
export * from "../shared/io-none.ts";
export * from "../shared/levels-none.ts";
export * from "../shared/no-caches.ts";
export { dumpTrace, mark, spawned } from "../shared/trace-off.ts";
export * from "../xs/index.ts";
export { setLed } from "./led.ts";
export { pinClose, pinFind, pinOpen, pinRead, pinWrite } from "./pins.ts";
export { interruptStartConsole, read, write } from "./serial.ts";

/** The SDK's loop calls the executor. */
export const HOSTED: boolean = true;
/** 4,096 tasks, generations count to 524,288: as native/moddable/stator-slots.h. */
export const SLOT_BITS = 12;
