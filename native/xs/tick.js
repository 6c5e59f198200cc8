// The native functions of native/xs/tick-glue.c; a module of its own, so that only programs with timers that they drive have it.
export function tickWheelNew(levels, name) @ "xs_stator_tick_wheel_new";
export function tick(wheel, count) @ "xs_stator_tick";
export function tickCount(wheel) @ "xs_stator_tick_count";
export function tickTimerNew() @ "xs_stator_tick_timer_new";
export function tickTimerDelete(timer) @ "xs_stator_tick_timer_delete";
export function tickStart(timer, wheel, ticks) @ "xs_stator_tick_start";
export function tickStartAt(timer, wheel, tick) @ "xs_stator_tick_start_at";
export function tickPoll(timer, waker) @ "xs_stator_tick_poll";
export function tickClear(timer) @ "xs_stator_tick_clear";
