/* The native functions behind `new Timer(levels)` (tick.js): argument conversion around native/abi/tick.h. */
#include "xsAll.h"

#include "executor-here.h"
#include "heap.h"
#include "native-call.h"
#include "number-text.h"
#include "tick.h"

#include <errno.h>

#define TICKS ((stator_ticks *)EXECUTOR->ticks)

static stator_tick_wheel *wheel_arg(txMachine *the, int index)
{
	uint32_t number = (uint32_t)integer_arg(the, index);
	if (!TICKS || number >= TICKS->count)
		mxTypeError("Timer: no timer of that number");
	return TICKS->wheels[number];
}

static stator_timer *timer_arg(txMachine *the, uint32_t *number)
{
	*number = (uint32_t)integer_arg(the, 0);
	if (!TICKS || *number >= TICKS->timers.count)
		mxTypeError("Timer: no sleep of that number");
	return stator_timers_get(&TICKS->timers, *number);
}

/* tickWheelNew(levels, name): a wheel's number. INIT */
void xs_stator_tick_wheel_new(txMachine *the)
{
	txString name = fxToString(the, mxArgv(1));
	size_t size = c_strlen(name);
	char *kept = "";
	if (size) {
		kept = stator_heap_keep((size + 8) & ~(size_t)7);
		if (!kept)
			mxRangeError("Timer: no memory left for its name");
		c_memcpy(kept, fxToString(the, mxArgv(1)), size);
	}
	int number = stator_tick_open(EXECUTOR, kept, (uint32_t)integer_arg(the, 0), stator_heap_keep);
	if (number == -EEXIST)
		mxRangeError("Timer: there is a timer \"%.40s\" already", kept);
	if (number == -ENOSPC)
		mxRangeError("Timer: an executor has at most %u timers that are driven by tick()", (unsigned)STATOR_TICK_WHEELS);
	if (number < 0)
		mxRangeError("Timer: no memory left for another timer");
	return_integer(the, number);
}

/* tick(wheel, count): HOT */
void xs_stator_tick(txMachine *the)
{
	stator_tick(wheel_arg(the, 0), (uint32_t)integer_arg(the, 1));
}

/* tickCount(wheel): so many ticks have come, 32 bits, wrapping */
void xs_stator_tick_count(txMachine *the)
{
	return_integer(the, (txInteger)__atomic_load_n(&wheel_arg(the, 0)->ticks, __ATOMIC_ACQUIRE));
}

/* tickTimerNew(): the number of a timer for any wheel of this executor. INIT */
void xs_stator_tick_timer_new(txMachine *the)
{
	stator_ticks *ticks = stator_ticks_of(EXECUTOR, stator_heap_keep);
	uint32_t number = ticks ? stator_timers_new(&ticks->timers, stator_heap_keep) : (uint32_t)STATOR_NO_TIMER;
	if (number == (uint32_t)STATOR_NO_TIMER)
		mxRangeError("sleepFor: no memory left for another sleep");
	return_integer(the, (txInteger)number);
}

static void clear(txMachine *the, uint32_t number)
{
	const stator_ticks *ticks = TICKS;
	stator_timer *timer = stator_timers_get(&ticks->timers, number);
	if (timer->state == STATOR_TIMER_SET)
		stator_wheel_clear(&ticks->wheels[timer->wheel]->wheel, number);
	else if (timer->state != STATOR_TIMER_FREE)
		timer->state = STATOR_TIMER_IDLE;
}

/* tickTimerDelete(timer) */
void xs_stator_tick_timer_delete(txMachine *the)
{
	uint32_t number;
	timer_arg(the, &number);
	clear(the, number);
	stator_timers_delete(&TICKS->timers, number);
}

static void start(txMachine *the, bool at_tick)
{
	uint32_t number;
	stator_timer *timer = timer_arg(the, &number);
	stator_tick_wheel *wheel = wheel_arg(the, 1);
	uint32_t now = __atomic_load_n(&wheel->ticks, __ATOMIC_ACQUIRE);
	txInteger given = 0;
	if (at_tick)
		given = integer_arg(the, 2);
	else {
		/* Whole ticks: half of one cannot be waited for. */
		txNumber ticks = mxArgc > 2 ? fxToNumber(the, mxArgv(2)) : C_NAN;
		if (!(ticks >= 0 && ticks <= INT32_MAX && ticks == c_trunc(ticks))) {
			char text[NUMBER_TEXT_BYTES];
			mxRangeError("sleepFor: 0 to 2147483647 whole ticks, got %s", number_text(the, ticks, text));
		}
		given = (txInteger)((uint32_t)ticks + now);
	}
	clear(the, number);
	timer->at = (uint32_t)given;
	timer->wheel = (uint8_t)integer_arg(the, 1);
	timer->state = (int32_t)(timer->at - now) > 0 ? STATOR_TIMER_STARTED : STATOR_TIMER_YIELD;
}

/* tickStart(timer, wheel, ticks): so many ticks from now; set at the first poll. HOT */
void xs_stator_tick_start(txMachine *the)
{
	start(the, false);
}

/* tickStartAt(timer, wheel, tick) */
void xs_stator_tick_start_at(txMachine *the)
{
	start(the, true);
}

/* tickPoll(timer, waker): READY when it has fired, else PENDING and the waker will be woken. HOT */
void xs_stator_tick_poll(txMachine *the)
{
	uint32_t number;
	stator_timer *timer = timer_arg(the, &number);
	stator_task_id waker = integer_arg(the, 1);
	txInteger outcome = STATOR_PENDING;
	switch (timer->state) {
	case STATOR_TIMER_STARTED:
		stator_tick_set(TICKS->wheels[timer->wheel], number, timer->at, waker);
		break;
	case STATOR_TIMER_YIELD:
		timer->state = STATOR_TIMER_IDLE;
		stator_ready_wake(&EXECUTOR->ready, waker);
		break;
	case STATOR_TIMER_SET:
		timer->waker = waker;
		break;
	default:
		outcome = STATOR_READY;
	}
	return_integer(the, outcome);
}

/* tickClear(timer): gives up; any number of times */
void xs_stator_tick_clear(txMachine *the)
{
	uint32_t number;
	timer_arg(the, &number);
	clear(the, number);
}
