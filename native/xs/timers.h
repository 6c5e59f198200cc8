/* timers.h: beginning and one look at a timer of the executor's wheel, for the native functions that wait for time, alone or beside something else. */
#ifndef STATOR_TIMERS_H
#define STATOR_TIMERS_H

#include "port.h"
#include "wheel.h"

/* Sets an idle timer, and the alarm where that is the next to fire. HOT */
static inline void stator_timer_set(stator_executor *executor, uint32_t number, uint32_t at, stator_task_id waker, uint32_t now)
{
	stator_wheel *wheel = executor->timers;
	if (stator_wheel_set(wheel, number, at, waker, now))
		stator_alarm_set(executor, STATOR_ALARM_TIMERS, wheel->edge);
}

/* Counts so many ticks from now, or is one yield; set at the first look. HOT */
static inline void stator_timer_begin(stator_executor *executor, stator_timer *timer, uint32_t number, uint32_t ticks)
{
	stator_wheel_clear(executor->timers, number);
	timer->at = stator_port_now() + ticks;
	timer->state = ticks ? STATOR_TIMER_STARTED : STATOR_TIMER_YIELD;
}

/* STATOR_READY when it has fired, else STATOR_PENDING and the waker will be woken. `timer` is that of the number. HOT */
static inline int32_t stator_timer_look(stator_executor *executor, stator_timer *timer, uint32_t number, stator_task_id waker)
{
	switch (timer->state) {
	case STATOR_TIMER_STARTED:
		stator_timer_set(executor, number, timer->at, waker, stator_port_now());
		return STATOR_PENDING;
	case STATOR_TIMER_YIELD:
		timer->state = STATOR_TIMER_IDLE;
		stator_ready_wake(&executor->ready, waker);
		return STATOR_PENDING;
	case STATOR_TIMER_SET:
		timer->waker = waker;
		return STATOR_PENDING;
	case STATOR_TIMER_FIRED:
		timer->state = STATOR_TIMER_IDLE;
		return STATOR_READY;
	default:
		return STATOR_READY;
	}
}

#endif
