/*
 * Time driver: CMSDK timers of the MPS2 images. Timer 0, free-running, is the time (chip.c starts it: it is the measuring counter
 * too); timer 1, one shot, is the alarm. Both count down at 25 MHz.
 *
 * Nothing is lost by programming, however often: the counter that is read is never written. Interrupts at least every 80
 * seconds, half a turn of 32 bits. One shot, because a reloading timer of QEMU runs a period too far when the processor sleeps and
 * virtual time does not wait (sleep=off).
 */
#include "chip.h"
#include "core.h"
#include "time-base.h"
#include "time-driver.h"

#define TIMER1_CTRL REG(0x40001000)
#define TIMER1_VALUE REG(0x40001004)
#define TIMER1_RELOAD REG(0x40001008)
#define TIMER1_INTCLEAR REG(0x4000100C)

enum { CTRL_ENABLE = 1, CTRL_INTERRUPT = 8, VECTOR_TIMER1 = 9, STEPS_PER_TICK = 25000, LEAST = 16 };
#define MOST 0x78000000u

void cmsdk_timer1_handler(void);

static time_base base;

uint32_t time_driver_now(void)
{
	time_base_count(&base, chip_cycles(), STEPS_PER_TICK);
	return base.ticks;
}

time_driver_fraction time_driver_within(void)
{
	return (time_driver_fraction){ base.rest, STEPS_PER_TICK };
}

void time_driver_alarm(uint32_t ticks)
{
	uint32_t steps = time_base_steps(&base, ticks, STEPS_PER_TICK, MOST);
	uint32_t gone = chip_cycles() - base.last; /* since the reading that `ticks` counts from */
	TIMER1_CTRL = 0;
	TIMER1_INTCLEAR = 1;
	TIMER1_VALUE = steps > gone + LEAST ? steps - gone : LEAST;
	TIMER1_CTRL = CTRL_ENABLE | CTRL_INTERRUPT;
}

void time_driver_init(void)
{
	base.last = chip_cycles();
	TIMER1_RELOAD = 0;
	core_enable_vector(VECTOR_TIMER1);
}

void cmsdk_timer1_handler(void)
{
	TIMER1_INTCLEAR = 1;
	clock_interrupt();
}
