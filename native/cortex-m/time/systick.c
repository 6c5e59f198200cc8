/*
 * Time driver: SysTick, which every core has but some M0, and every emulator. Its clock is the core's (chip_systick_hz).
 *
 * Model. SysTick counts down from a reload value of at most 2^24 - 1. It is programmed for the alarm or, when that is
 * further away (or there is none), for its full range; its interrupt adds the period that has ended to the time base.
 * A board that sleeps for an hour is woken once per 2^24 cycles (every 100 ms at 168 MHz), for some fifty instructions that
 * the executor never sees. Many chips stop SysTick in their deeper sleeps: there another driver is the board's own.
 * Accuracy: reprogramming loses the two or three instructions between the last look at the counter and its restart.
 * The handler's priority must stay 0, so that nothing that reads the time comes between its entry and its counting.
 */
#include "chip.h"
#include "core.h"
#include "time-base.h"
#include "time-driver.h"

#include <stdbool.h>

#define SYST_CSR REG(0xE000E010)
#define SYST_RVR REG(0xE000E014)
#define SYST_CVR REG(0xE000E018)

enum { ENABLE = 1, TICKINT = 2, CORE_CLOCK = 4, MOST = 0xFFFFFF };

void SysTick_Handler(void);

static time_base base;
static uint32_t cycles_per_tick;
static uint32_t period;  /* cycles of the present period */
static uint32_t counted; /* cycles of the present period that are in the base already */

/* Counts what has gone of the present period, which began with the counter at zero. */
static void count_to(uint32_t value)
{
	uint32_t gone = value ? period - value : 0;
	if (gone > counted) {
		time_base_add(&base, gone - counted, cycles_per_tick);
		counted = gone;
	}
}

static void count_ended_period(void)
{
	time_base_add(&base, period - counted, cycles_per_tick);
	counted = 0;
}

uint32_t time_driver_now(void)
{
	uint32_t value = SYST_CVR;
	if (SCB_ICSR & ICSR_PENDSTSET) { /* a period has ended and its interrupt is masked */
		SCB_ICSR = ICSR_PENDSTCLR;
		count_ended_period();
		value = SYST_CVR;
	}
	count_to(value);
	return base.ticks;
}

time_driver_fraction time_driver_within(void)
{
	return (time_driver_fraction){ base.rest, cycles_per_tick };
}

/* Ends the present period and begins one of so many cycles. */
static void begin(uint32_t cycles)
{
	enum { LEAST = 64 }; /* closer than this the interrupt would come while we still program it */
	uint32_t next = cycles < LEAST ? LEAST : cycles;
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

void time_driver_alarm(uint32_t ticks)
{
	uint32_t cycles = time_base_steps(&base, ticks, cycles_per_tick, MOST);
	if (cycles != MOST || period != MOST)
		begin(cycles);
}

void time_driver_init(void)
{
	cycles_per_tick = chip_systick_hz / 1000;
	period = MOST;
	SYST_RVR = MOST - 1;
	SYST_CVR = 0;
	SYST_CSR = ENABLE | TICKINT | CORE_CLOCK;
}

void SysTick_Handler(void)
{
	count_ended_period(); /* the hardware has begun the next period by itself, of the same length */
	clock_interrupt();
}
