// The native functions of isr.c.

// stator: no-allocation writes three timer registers
export function arm(id, cycles) @ "xs_bench_arm";

// stator: no-allocation returns a whole number
export function sinceInterrupt() @ "xs_bench_since";

// stator: no-allocation writes three timer registers
export function armTimer(cycles) @ "xs_bench_arm_timer";

// stator: no-allocation returns a whole number
export function sinceTimer() @ "xs_bench_since_timer";
