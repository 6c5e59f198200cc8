// stator: no-allocation reads a counter
export function arrived(id) @ "xs_bench_arrived";
export function startTimer(shortest, spread) @ "xs_bench_start_timer";
export function stopTimer() @ "xs_bench_stop_timer";
export function result(which) @ "xs_bench_result";
