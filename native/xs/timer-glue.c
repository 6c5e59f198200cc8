/*
 * The native functions behind `src/time` (timer.js): one wheel for each machine, linked only into programs that wait for
 * time (feature E8): the executor reaches it through a pointer that the first timer sets.
 */
#include "xsAll.h"

#include "heap.h"
#include "native-call.h"
#include "number-text.h"
#include "running.h"
#include "timer-arg.h"

#define WHEEL ((stator_wheel *)EXECUTOR->timers)

static void turn(stator_executor *executor)
{
	stator_wheel *wheel = executor->timers;
	if (stator_wheel_turn(wheel, stator_port_now(), &executor->ready))
		stator_alarm_set(executor, STATOR_ALARM_TIMERS, wheel->edge);
}

/* timerNew(): a timer's number. INIT */
void xs_stator_timer_new(txMachine *the)
{
	stator_executor *executor = EXECUTOR;
	if (!executor->turn_timers) {
		stator_timers *timers = stator_heap_keep(sizeof *timers);
		stator_wheel *wheel = stator_heap_keep(stator_wheel_size(STATOR_WHEEL_LEVELS));
		if (!timers || !wheel)
			mxRangeError("timer: no memory left for the first timer");
		stator_timers_init(timers);
		stator_wheel_init(wheel, timers, STATOR_WHEEL_LEVELS, stator_port_now());
		executor->timers = wheel;
		executor->turn_timers = turn;
	}
	uint32_t number = stator_timers_new(WHEEL->timers, stator_heap_keep);
	if (number == (uint32_t)STATOR_NO_TIMER)
		mxRangeError("timer: no memory left for another timer");
	return_integer(the, (txInteger)number);
}

/* timerDelete(timer) */
void xs_stator_timer_delete(txMachine *the)
{
	uint32_t number;
	timer_arg(the, 0, &number);
	stator_wheel_clear(WHEEL, number);
	stator_timers_delete(WHEEL->timers, number);
}

/* A duration: the second argument. */
static inline uint32_t ticks_arg(txMachine *the)
{
	txSlot *slot = mxArgc > 1 ? mxArgv(1) : C_NULL;
	if (slot && slot->kind == XS_INTEGER_KIND && slot->value.integer >= 0)
		return (uint32_t)slot->value.integer;
	txNumber ms = slot ? fxToNumber(the, slot) : C_NAN;
	if (!(ms >= 0 && ms <= INT32_MAX)) {
		char text[NUMBER_TEXT_BYTES];
		mxRangeError("sleep: a duration is 0 to 2147483647 milliseconds, got %s", number_text(the, ms, text));
	}
	return (uint32_t)c_ceil(ms);
}

/* timerStart(timer, ms): counts from now; set at the first poll. HOT */
void xs_stator_timer_start(txMachine *the)
{
	uint32_t number;
	stator_timer *timer = timer_arg(the, 0, &number);
	stator_timer_begin(EXECUTOR, timer, number, ticks_arg(the));
}

/* timerStartAt(timer, tick): until a tick of the clock; one that has passed is slept until at once */
void xs_stator_timer_start_at(txMachine *the)
{
	uint32_t number;
	stator_timer *timer = timer_arg(the, 0, &number);
	stator_wheel_clear(WHEEL, number);
	timer->at = (uint32_t)fxToInteger(the, mxArgv(1));
	timer->state = (int32_t)(timer->at - stator_port_now()) > 0 ? STATOR_TIMER_STARTED : STATOR_TIMER_YIELD;
}

/* timerPoll(timer, waker): READY when it has fired, else PENDING and the waker will be woken. HOT */
void xs_stator_timer_poll(txMachine *the)
{
	uint32_t number;
	stator_timer *timer = timer_arg(the, 0, &number);
	return_integer(the, stator_timer_look(EXECUTOR, timer, number, fxToInteger(the, mxArgv(1))));
}

/* What a look is at: a sleep that has begun. True: it has ended or goes on, and the look's result is there. */
static inline bool look_again(txMachine *the, stator_timer *timer)
{
	if (timer->state == STATOR_TIMER_FIRED) {
		timer->state = STATOR_TIMER_IDLE;
		return_boolean(the, false);
		return true;
	}
	return_boolean(the, true);
	if (timer->state != STATOR_TIMER_SET)
		return false;
	timer->waker = running(the);
	return true;
}

/* A sleep begins, until a tick or for one yield. */
static inline void look_first(txMachine *the, stator_timer *timer, uint32_t number, uint32_t at, uint32_t now)
{
	stator_executor *executor = EXECUTOR;
	stator_task_id waker = running(the);
	if ((int32_t)(at - now) > 0)
		stator_timer_set(executor, number, at, waker, now);
	else {
		timer->state = STATOR_TIMER_FIRED;
		stator_ready_wake(&executor->ready, waker);
	}
}

/* timerLook(timer, ms): starts it, or looks whether it has fired; true: the running task has to wait. One reading of the clock for a whole
   sleep. HOT */
void xs_stator_timer_look(txMachine *the)
{
	uint32_t number;
	stator_timer *timer = timer_arg(the, 0, &number);
	if (look_again(the, timer))
		return;
	uint32_t ticks = ticks_arg(the), now = stator_port_now();
	look_first(the, timer, number, now + ticks, now);
}

/* timerLookAt(timer, tick): the same until a tick of the clock. HOT */
void xs_stator_timer_look_at(txMachine *the)
{
	uint32_t number;
	stator_timer *timer = timer_arg(the, 0, &number);
	if (look_again(the, timer))
		return;
	look_first(the, timer, number, (uint32_t)fxToInteger(the, mxArgv(1)), stator_port_now());
}

/* timerClear(timer): gives up; any number of times */
void xs_stator_timer_clear(txMachine *the)
{
	uint32_t number;
	timer_arg(the, 0, &number);
	stator_wheel_clear(WHEEL, number);
}
