// The native functions of native/moddable/events-glue.c. Compiled by xsc; no JavaScript parser reads this file.
// stator: no-allocation counts, and wakes who waits
export function pinCame(line, high) @ "xs_stator_pin_came";
// stator: no-allocation counts, and wakes who waits
export function consoleCame(count) @ "xs_stator_console_came";
