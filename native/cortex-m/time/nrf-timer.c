/*
 * Time driver: TIMER0 of nRF51 and nRF52, 32 bits at 16 MHz, free-running (chip.c starts it: it is the measuring counter too, by its
 * compare register 2). Compare register 0 is the alarm, register 1 takes the counter's value for reading it.
 *
 * Nothing is lost by programming: the counter is never written. Interrupts at least every 131 seconds. It keeps the
 * high-frequency clock on while the processor sleeps (on silicon about 0.3 mA): `nrf-rtc` does not.
 */
#include "core.h"
#include "time-base.h"
#include "time-driver.h"

#define TIMER0_CAPTURE1 REG(0x40008044)
#define TIMER0_COMPARE0 REG(0x40008140)
#define TIMER0_INTENSET REG(0x40008304)
#define TIMER0_CC0 REG(0x40008540)
#define TIMER0_CC1 REG(0x40008544)

enum { INT_COMPARE0 = 1 << 16, VECTOR_TIMER0 = 8, STEPS_PER_TICK = 16000 };
#define MOST 0x7D000000u

void nrf_timer0_handler(void);

static time_base base;

static uint32_t counter(void)
{
	TIMER0_CAPTURE1 = 1;
	return TIMER0_CC1;
}

uint32_t time_driver_now(void)
{
	time_base_count(&base, counter(), STEPS_PER_TICK);
	return base.ticks;
}

time_driver_fraction time_driver_within(void)
{
	return (time_driver_fraction){ base.rest, STEPS_PER_TICK };
}

void time_driver_alarm(uint32_t ticks)
{
	uint32_t at = base.last + time_base_steps(&base, ticks, STEPS_PER_TICK, MOST);
	TIMER0_CC0 = at;
	TIMER0_COMPARE0 = 0;
	/* Only equality raises the event: when the counter has passed by before it was set, we raise the interrupt by hand. */
	if ((int32_t)(at - counter()) <= 0)
		core_pend_vector(VECTOR_TIMER0);
}

void time_driver_init(void)
{
	base.last = counter();
	TIMER0_INTENSET = INT_COMPARE0;
	core_enable_vector(VECTOR_TIMER0);
}

void nrf_timer0_handler(void)
{
	TIMER0_COMPARE0 = 0;
	clock_interrupt();
}
