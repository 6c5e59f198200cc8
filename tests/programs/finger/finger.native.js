// The native function of finger.c.
export function press(times, everyMs) @ "xs_test_press";
