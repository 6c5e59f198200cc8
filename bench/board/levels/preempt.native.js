// stator: no-allocation notes a number
export function waitForTimer(id) @ "xs_bench_wait_for_timer";
// stator: no-allocation reads a counter
export function arrived() @ "xs_bench_arrived";
export function startTimer(shortest, spread) @ "xs_bench_start_timer";
export function stopTimer() @ "xs_bench_stop_timer";
export function worst() @ "xs_bench_worst";
export function best() @ "xs_bench_best";
export function count() @ "xs_bench_count";
