// The native functions of measure.c.

// stator: no-allocation returns a number
export function cpuNs() @ "xs_bench_cpu_ns";

// stator: no-allocation returns a number
export function wallNs() @ "xs_bench_wall_ns";

// stator: no-allocation returns a number
export function resident() @ "xs_bench_resident";

// stator: no-allocation counts in static memory
export function noteLate(milliseconds, since) @ "xs_bench_note_late";

// stator: no-allocation returns a number
export function lateCount() @ "xs_bench_late_count";

// stator: no-allocation returns a number
export function lateEarly() @ "xs_bench_late_early";

// stator: no-allocation returns a number
export function lateP99Us() @ "xs_bench_late_p99";

// stator: no-allocation returns a number
export function lateMaxUs() @ "xs_bench_late_max";
