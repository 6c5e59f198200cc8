// The native function of finger.c.

// stator: no-allocation writes timer registers and a static table
export function press(times, everyMs) @ "xs_test_press";
