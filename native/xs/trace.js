// The native functions of native/xs/trace.c. In a program that is not traced hal/shared/trace-off.ts stands in their place.
export function mark(name, value) @ "xs_stator_mark";
export function spawned(slot) @ "xs_stator_spawned";
export function dumpTrace() @ "xs_stator_dump_trace";
