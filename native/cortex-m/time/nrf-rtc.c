/*
 * Time driver: RTC1 of nRF51 and nRF52, 24 bits at 32,768 Hz, free-running; compare register 0 is the alarm. It runs on the low-frequency
 * clock (chip.c starts it), which is all that a sleeping chip keeps on: this is the clock for batteries.
 *
 * A tick is 32.768 steps, so ticks are counted in units of 1/125 step: 4,096 to a tick, nothing is rounded away. Interrupts at
 * least every 128 seconds. An alarm comes up to 31 microseconds after the start of its tick.
 */
#include "core.h"
#include "time-base.h"
#include "time-driver.h"

#define RTC1_START REG(0x40011000)
#define RTC1_COMPARE0 REG(0x40011140)
#define RTC1_INTENSET REG(0x40011304)
#define RTC1_COUNTER REG(0x40011504)
#define RTC1_PRESCALER REG(0x40011508)
#define RTC1_CC0 REG(0x40011540)

enum { INT_COMPARE0 = 1 << 16, VECTOR_RTC1 = 17 };
enum {
	UNITS_PER_STEP = 125, UNITS_PER_TICK = 4096,
	COUNTER_MASK = 0xFFFFFF,
	MOST = 1 << 22, /* steps; times UNITS_PER_STEP it still fits into 32 bits, with as much again to be late */
	LEAST = 2,      /* steps: a compare value of the counter + 1 may be passed by (nRF51 and nRF52 reference manuals, RTC) */
};

void nrf_rtc1_handler(void);

static time_base base;

uint32_t time_driver_now(void)
{
	uint32_t counter = RTC1_COUNTER, steps = (counter - base.last) & COUNTER_MASK;
	base.last = counter;
	time_base_add(&base, steps * UNITS_PER_STEP, UNITS_PER_TICK);
	return base.ticks;
}

time_driver_fraction time_driver_within(void)
{
	return (time_driver_fraction){ base.rest, UNITS_PER_TICK };
}

void time_driver_alarm(uint32_t ticks)
{
	uint32_t units = time_base_steps(&base, ticks, UNITS_PER_TICK, MOST * UNITS_PER_STEP);
	uint32_t steps = (units + UNITS_PER_STEP - 1) / UNITS_PER_STEP;
	uint32_t at = base.last + (steps < LEAST ? LEAST : steps);
	RTC1_CC0 = at & COUNTER_MASK;
	RTC1_COMPARE0 = 0;
	/* Only equality raises the event: when the counter was too near, or has passed by, we raise the interrupt by hand. It
	   may find that the tick has not come yet; then it sets the alarm again. */
	if (((at - RTC1_COUNTER) & COUNTER_MASK) - LEAST > MOST)
		core_pend_vector(VECTOR_RTC1);
}

void time_driver_init(void)
{
	RTC1_PRESCALER = 0;
	RTC1_INTENSET = INT_COMPARE0;
	RTC1_START = 1;
	base.last = RTC1_COUNTER;
	core_enable_vector(VECTOR_RTC1);
}

void nrf_rtc1_handler(void)
{
	RTC1_COMPARE0 = 0;
	clock_interrupt();
}
