/*
 * The native functions behind `src/time` (timer.js): one wheel for each machine, linked only into programs that wait for
 * time (feature E8): the executor reaches it through a pointer that the first timer sets.
 */
#include "xsAll.h"

#include "executor-here.h"
#include "heap.h"
#include "number-text.h"
#include "timers.h"

#define WHEEL ((stator_wheel *)EXECUTOR->timers)

static void turn(stator_executor *executor)
{
	stator_wheel *wheel = executor->timers;
	if (stator_wheel_turn(wheel, stator_port_now(), &executor->ready))
		stator_alarm_set(executor, STATOR_ALARM_TIMERS, wheel->edge);
}

static stator_timer *timer_arg(txMachine *the, uint32_t *number)
{
	txSlot *slot = mxArgv(0);
	*number = slot->kind == XS_INTEGER_KIND ? (uint32_t)slot->value.integer : (uint32_t)STATOR_NO_TIMER;
	const stator_wheel *wheel = WHEEL;
	if (!wheel || *number >= wheel->timers->count)
		mxTypeError("timer: no timer of that number");
	return stator_timers_get(wheel->timers, *number);
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
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = (txInteger)number;
}

/* timerDelete(timer) */
void xs_stator_timer_delete(txMachine *the)
{
	uint32_t number;
	timer_arg(the, &number);
	stator_wheel_clear(WHEEL, number);
	stator_timers_delete(WHEEL->timers, number);
}

/* timerStart(timer, ms): counts from now; set at the first poll. HOT */
void xs_stator_timer_start(txMachine *the)
{
	uint32_t number;
	stator_timer *timer = timer_arg(the, &number);
	txSlot *slot = mxArgc > 1 ? mxArgv(1) : C_NULL;
	uint32_t ticks;
	if (slot && slot->kind == XS_INTEGER_KIND && slot->value.integer >= 0)
		ticks = (uint32_t)slot->value.integer;
	else {
		txNumber ms = slot ? fxToNumber(the, slot) : C_NAN;
		if (!(ms >= 0 && ms <= INT32_MAX)) {
			char text[NUMBER_TEXT_BYTES];
			mxRangeError("sleep: a duration is 0 to 2147483647 milliseconds, got %s", number_text(the, ms, text));
		}
		ticks = (uint32_t)c_ceil(ms);
	}
	stator_wheel_clear(WHEEL, number);
	timer->at = stator_port_now() + ticks;
	timer->state = ticks ? STATOR_TIMER_STARTED : STATOR_TIMER_YIELD;
}

/* timerStartAt(timer, tick): until a tick of the clock; one that has passed is slept until at once */
void xs_stator_timer_start_at(txMachine *the)
{
	uint32_t number;
	stator_timer *timer = timer_arg(the, &number);
	stator_wheel_clear(WHEEL, number);
	timer->at = (uint32_t)fxToInteger(the, mxArgv(1));
	timer->state = (int32_t)(timer->at - stator_port_now()) > 0 ? STATOR_TIMER_STARTED : STATOR_TIMER_YIELD;
}

/* timerPoll(timer, waker): READY when it has fired, else PENDING and the waker will be woken. HOT */
void xs_stator_timer_poll(txMachine *the)
{
	uint32_t number;
	stator_timer *timer = timer_arg(the, &number);
	stator_task_id waker = fxToInteger(the, mxArgv(1));
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = stator_timer_look(EXECUTOR, timer, number, waker);
}

/* timerClear(timer): gives up; any number of times */
void xs_stator_timer_clear(txMachine *the)
{
	uint32_t number;
	timer_arg(the, &number);
	stator_wheel_clear(WHEEL, number);
}
