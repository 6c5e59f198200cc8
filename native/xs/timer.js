// The native functions of native/xs/timer-glue.c; a module of its own, so that only programs that wait for time have it.
export function timerNew() @ "xs_stator_timer_new";
export function timerDelete(timer) @ "xs_stator_timer_delete";
export function timerStart(timer, ms) @ "xs_stator_timer_start";
export function timerStartAt(timer, tick) @ "xs_stator_timer_start_at";
export function timerPoll(timer, waker) @ "xs_stator_timer_poll";
export function timerLook(timer, ms) @ "xs_stator_timer_look";
export function timerLookAt(timer, tick) @ "xs_stator_timer_look_at";
export function timerClear(timer) @ "xs_stator_timer_clear";
