/*
 * The clock of a board: the alarms of all executors on the one alarm of a time driver (time-driver.h), and the sleep.
 *
 * Model. An executor joins the list with its first alarm and stays. Whenever an alarm is set, and in the driver's
 * interrupt, the whole list is gone through: what is due is marked, the nearest of the rest is what the driver is set for. An
 * alarm set for the present tick, or one before it, is found due in that very pass, so none is lost.
 * Cost: O(executors), two alarms each.
 */
#include "clock.h"

#include "core.h"
#include "machine.h"
#include "port.h"
#include "record-hooks.h"
#include "record-memory.h"
#include "record-platform.h"
#include "record-port.h"
#include "time-driver.h"

stator_executor *clock_executors;

static uint32_t origin; /* what stator_port_shift has added to the driver's ticks */

uint32_t clock_ticks(void)
{
	return time_driver_now() + origin;
}

/* Masked: the present tick, as the program is given it. What a handler asks (trace-vectors.c) is not the program's. */
static uint32_t clock_given(void)
{
	uint32_t now = clock_ticks();
	return STATOR_RECORDED && record_in_handler() ? now : (uint32_t)hook_outside(STATOR_RECORD_NOW, (int32_t)now);
}

/* How long until a program that is recorded has run for as long as it was to; TIME_DRIVER_NEVER: no matter. */
static uint32_t until_limit(void)
{
	if (!STATOR_RECORDED || !stator_record_limit)
		return TIME_DRIVER_NEVER;
	uint32_t now = clock_ticks();
	return now < stator_record_limit ? stator_record_limit - now : 1;
}

/* Marks what is due at this tick, and sets the driver for the next alarm. */
__attribute__((always_inline)) static inline void program(uint32_t now)
{
	uint32_t nearest = until_limit();
	for (stator_executor *executor = clock_executors; executor; executor = executor->clock_next) {
		uint32_t ticks;
		if (!executor->armed)
			continue;
		if (stator_alarm_check(executor, now, &ticks) && ticks < nearest)
			nearest = ticks;
		if (executor->due)
			stator_port_pend(executor);
	}
	time_driver_alarm(nearest);
}

void clock_program(void)
{
	program(clock_given());
}

void clock_reprogram(void)
{
	program(clock_ticks());
}

void clock_init(void)
{
	time_driver_init();
	time_driver_alarm(TIME_DRIVER_NEVER);
}

/* Masked: a handler of a higher priority may set an alarm too. */
void clock_interrupt(void)
{
	if (STATOR_RECORDED) {
		record_note_alarm();
		return;
	}
	uint32_t state = core_mask();
	clock_program();
	core_unmask(state);
}

uint32_t stator_port_now(void)
{
	uint32_t state = core_mask();
	uint32_t now = clock_given();
	core_unmask(state);
	return now;
}

uint64_t stator_port_time(void)
{
	uint32_t state = core_mask();
	uint32_t ticks = clock_ticks();
	time_driver_fraction within = time_driver_within();
	core_unmask(state);
	uint64_t time = (uint64_t)ticks * within.per_tick + within.rest;
	return STATOR_RECORDED ? stator_record_time(time) : time;
}

uint32_t stator_port_time_hz(void)
{
	return 1000 * time_driver_within().per_tick;
}

void stator_port_shift(uint32_t ticks)
{
	uint32_t state = core_mask();
	origin += ticks;
	clock_program();
	core_unmask(state);
}

void stator_port_alarm(stator_executor *executor)
{
	hook_told_alarms(executor);
	uint32_t state = core_mask();
	if (!executor->on_clock) {
		executor->on_clock = true;
		executor->clock_next = clock_executors;
		clock_executors = executor;
	}
	clock_program();
	core_unmask(state);
}

void stator_port_round(stator_executor *executor)
{
	(void)executor; /* the clock interrupts */
	if (STATOR_RECORDED)
		stator_record_deliver();
}

/* A level is entered by its vector; in thread mode an interrupt that sets a bit ends WFI by itself. */
void stator_port_pend(stator_executor *executor)
{
	if (executor->exception)
		core_pend_vector(executor->exception - 16);
}

void stator_port_idle(stator_executor *executor)
{
	if (STATOR_RECORDED) {
		stator_record_idle(executor);
		return;
	}
	for (;;) {
		uint32_t state = core_mask();
		if (stator_work(executor)) {
			core_unmask(state);
			return;
		}
		executor->sleeps++;
		/* WFI ends for a pending interrupt although it is masked; it is taken when unmasked. */
		core_wait_for_interrupt();
		core_unmask(state);
	}
}
