// The native functions of isr.c.
export function arm(id, cycles) @ "xs_bench_arm";
export function sinceInterrupt() @ "xs_bench_since";
