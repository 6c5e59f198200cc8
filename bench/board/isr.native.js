// The native functions of isr.c.

// stator: no-allocation writes three timer registers
export function arm(id, cycles) @ "xs_bench_arm";

// stator: no-allocation returns a whole number
export function sinceInterrupt() @ "xs_bench_since";
