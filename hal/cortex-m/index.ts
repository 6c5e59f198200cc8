/**
 * The Cortex-M boards as a platform (hal/hal.ts): all of it is native, see native/xs/glue.c and native/cortex-m.
 */

export * from "../hal.ts";
export * from "../shared/host-none.ts";
export * from "../shared/io-none.ts";
export * from "../shared/no-caches.ts";
export * from "../xs/index.ts";
export * from "../xs/own.ts";

/** 4,096 tasks, generations count to 524,288: as STATOR_SLOT_BITS in native/cortex-m/platform.cmake. */
export const SLOT_BITS = 12;
