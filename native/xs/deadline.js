// The native functions of native/xs/deadline-glue.c. Compiled by stator-xsc and xsc; no JavaScript parser reads this file.

// stator: no-allocation moves a slot within a heap in C memory
export function deadlineSet(slot, tick) @ "xs_stator_deadline_set";
// stator: no-allocation returns a whole number or undefined
export function deadlineOf(slot) @ "xs_stator_deadline_of";
