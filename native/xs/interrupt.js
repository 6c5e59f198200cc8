// The native functions of native/xs/interrupt-glue.c; a module of its own, so that only programs that wait for interrupts have it.
export function interruptNew(vector) @ "xs_stator_interrupt_new";
export function interruptDelete(wait) @ "xs_stator_interrupt_delete";
export function interruptStart(wait, vector, mode) @ "xs_stator_interrupt_start";
export function interruptStartConsole(wait) @ "xs_stator_interrupt_start_console";
export function interruptStartEdge(wait, pin, direction) @ "xs_stator_interrupt_start_edge";
export function interruptPoll(wait, waker) @ "xs_stator_interrupt_poll";
export function interruptPollOwn(waker) @ "xs_stator_interrupt_poll_own";
export function interruptTake(wait) @ "xs_stator_interrupt_take";
export function interruptClear(wait) @ "xs_stator_interrupt_clear";
export function interruptPriority(vector, priority) @ "xs_stator_interrupt_priority";
export function interruptCount(vector) @ "xs_stator_interrupt_count";
export function interruptWaiters(vector) @ "xs_stator_interrupt_waiters";
export function pend(vector) @ "xs_stator_interrupt_pend";
export function pinFind(name) @ "xs_stator_pin_find";
