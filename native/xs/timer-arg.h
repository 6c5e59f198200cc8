/* timer-arg.h: a timer's number, as an argument of the native functions that wait for time. */
#ifndef STATOR_TIMER_ARG_H
#define STATOR_TIMER_ARG_H

#include "xsAll.h"

#include "executor-here.h"
#include "timers.h"

/* The argument at `index` and the timer of that number; TypeError where there is none. HOT */
static inline stator_timer *timer_arg(txMachine *the, int index, uint32_t *number)
{
	txSlot *slot = mxArgv(index);
	*number = slot->kind == XS_INTEGER_KIND ? (uint32_t)slot->value.integer : (uint32_t)STATOR_NO_TIMER;
	const stator_wheel *wheel = EXECUTOR->timers;
	if (!wheel || *number >= wheel->timers->count)
		mxTypeError("timer: no timer of that number");
	return stator_timers_get(wheel->timers, *number);
}

#endif
