// The native functions of outside.c.
export function press() @ "xs_test_outside_press";
export function type(byte) @ "xs_test_outside_type";
export function timersSet() @ "xs_test_outside_timers_set";
