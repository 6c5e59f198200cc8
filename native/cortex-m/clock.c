/*
 * The clock of a board: SysTick, the one timer that every core (but some M0) and every emulator has. 1 alarm.
 *
 * Model. SysTick counts down from a reload value of at most 2^24 - 1. It is programmed for the next armed alarm or, when
 * that is further away (or there is none), for its full range; its interrupt adds the period that has ended to the time
 * base and looks for alarms that are due. There is no periodic tick: a board that sleeps for an hour is woken once per
 * 2^24 cycles (every 100 ms at 168 MHz), for some thirty instructions that the executor never sees.
 *
 * The base is kept as whole ticks plus a rest in cycles, so that reading the time takes one 32-bit division.
 * Accuracy: reprogramming loses the two or three instructions between the last look at the counter and its restart.
 */
#include "clock.h"

#include "chip.h"
#include "core.h"
#include "machine.h"
#include "port.h"

static uint32_t cycles_per_tick;
static uint32_t base_ticks; /* the time that has been counted: whole ticks … */
static uint32_t base_rest;  /* … and cycles, fewer than one tick's */
static uint32_t period;     /* cycles of the present period */
static uint32_t counted;    /* cycles of the present period that are in the base already */

static void advance(uint32_t cycles)
{
	uint32_t total = base_rest + cycles;
	base_ticks += total / cycles_per_tick;
	base_rest = total % cycles_per_tick;
}

/* Counts what has gone of the present period, which began with the counter at zero. */
static void count_to(uint32_t value)
{
	uint32_t gone = value ? period - value : 0;
	if (gone > counted) {
		advance(gone - counted);
		counted = gone;
	}
}

static void count_ended_period(void)
{
	advance(period - counted);
	counted = 0;
}

/* Brings the base up to now; a period that has ended but whose interrupt is masked is counted here. Masked. */
static void count(void)
{
	uint32_t value = SYST_CVR;
	if (SCB_ICSR & ICSR_PENDSTSET) {
		SCB_ICSR = ICSR_PENDSTCLR;
		count_ended_period();
		value = SYST_CVR;
	}
	count_to(value);
}

/* Ends the present period and begins one of so many cycles. The base is up to date but for a few instructions. Masked. */
static void begin(uint32_t cycles)
{
	enum { LEAST = 64 }; /* closer than this the interrupt would come while we still program it */
	uint32_t next = cycles < LEAST ? LEAST : cycles > SYST_MAX ? SYST_MAX : cycles;
	SYST_RVR = next - 1;
	uint32_t value = SYST_CVR;
	SYST_CVR = 0;
	if (SCB_ICSR & ICSR_PENDSTSET) { /* it ended by itself meanwhile */
		SCB_ICSR = ICSR_PENDSTCLR;
		count_ended_period();
	} else
		count_to(value);
	period = next;
	counted = 0;
}

static uint32_t cycles_until(uint32_t ticks)
{
	return ticks <= SYST_MAX / cycles_per_tick ? ticks * cycles_per_tick - base_rest : SYST_MAX;
}

/* Looks for due alarms and programs the next one. Masked, or in the clock's own interrupt. */
static void program(stator_executor *executor)
{
	uint32_t ticks = 0;
	count();
	bool armed = stator_alarm_check(executor, base_ticks, &ticks);
	begin(armed ? cycles_until(ticks) : SYST_MAX);
}

void clock_init(void)
{
	cycles_per_tick = chip_systick_hz / 1000;
	period = SYST_MAX;
	SYST_RVR = SYST_MAX - 1;
	SYST_CVR = 0;
	SYST_CSR = SYST_ENABLE | SYST_TICKINT | SYST_CORE_CLOCK;
}

void SysTick_Handler(void)
{
	count_ended_period(); /* the hardware has begun the next period by itself, of the same length */
	if (stator_main_executor.armed || period != SYST_MAX)
		program(&stator_main_executor);
}

uint32_t stator_port_now(void)
{
	uint32_t state = core_mask();
	count();
	uint32_t now = base_ticks;
	core_unmask(state);
	return now;
}

uint64_t stator_port_time(void)
{
	uint32_t state = core_mask();
	count();
	uint64_t time = (uint64_t)base_ticks * cycles_per_tick + base_rest;
	core_unmask(state);
	return time;
}

uint32_t stator_port_time_hz(void)
{
	return chip_systick_hz;
}

void stator_port_shift(uint32_t ticks)
{
	uint32_t state = core_mask();
	base_ticks += ticks;
	program(&stator_main_executor);
	core_unmask(state);
}

void stator_port_alarm(stator_executor *executor)
{
	uint32_t state = core_mask();
	program(executor);
	core_unmask(state);
}

void stator_port_round(stator_executor *executor)
{
	(void)executor; /* the clock interrupts */
}

/* An interrupt that sets a bit ends WFI by itself. */
void stator_port_pend(stator_executor *executor)
{
	(void)executor;
}

void stator_port_idle(stator_executor *executor)
{
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
