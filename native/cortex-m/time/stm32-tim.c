/*
 * Time driver: TIM2 and TIM5, the 32-bit timers of STM32F4. TIM2, free-running, is the time (chip.c starts it: it is the measuring
 * counter too); TIM5, one pulse, is the alarm, by its update event. Both run at chip_cycles_hz.
 *
 * Nothing is lost by programming: the counter that is read is never written. Interrupts at least once in half a turn of 32
 * bits: 2.1 seconds at the emulator's 1 GHz, 25 seconds at 84 MHz.
 *
 * TIM5 is set back by its reset line in RCC and not by UG, as one would: QEMU's model adds the time of the last UG to every later
 * alarm, and a reset by RCC it does not know. Where the reset does nothing at all (Renode) the counter goes on from where it
 * stood, and the interrupt comes early, which the clock takes as it is.
 */
#include "chip.h"
#include "core.h"
#include "time-base.h"
#include "time-driver.h"

#define RCC_APB1RSTR REG(0x40023820)
#define RCC_APB1ENR REG(0x40023840)
#define TIM5_CR1 REG(0x40000C00)
#define TIM5_DIER REG(0x40000C0C)
#define TIM5_SR REG(0x40000C10)
#define TIM5_ARR REG(0x40000C2C)

enum { CR1_CEN = 1, CR1_URS = 4, CR1_OPM = 8, DIER_UIE = 1, RCC_TIM5 = 1 << 3, VECTOR_TIM5 = 50, LEAST = 64 };
#define MOST 0x7F000000u

void stm32_tim5_handler(void);

static time_base base;
static uint32_t steps_per_tick;

uint32_t time_driver_now(void)
{
	time_base_count(&base, chip_cycles(), steps_per_tick);
	return base.ticks;
}

time_driver_fraction time_driver_within(void)
{
	return (time_driver_fraction){ base.rest, steps_per_tick };
}

void time_driver_alarm(uint32_t ticks)
{
	uint32_t steps = time_base_steps(&base, ticks, steps_per_tick, MOST);
	uint32_t gone = chip_cycles() - base.last; /* since the reading that `ticks` counts from */
	TIM5_CR1 = 0;
	RCC_APB1RSTR |= RCC_TIM5;
	RCC_APB1RSTR &= ~(uint32_t)RCC_TIM5;
	TIM5_SR = 0;
	TIM5_DIER = DIER_UIE;
	TIM5_CR1 = CR1_CEN | CR1_URS | CR1_OPM;
	TIM5_ARR = steps > gone + LEAST ? steps - gone : LEAST;
}

void time_driver_init(void)
{
	RCC_APB1ENR |= RCC_TIM5;
	steps_per_tick = chip_cycles_hz / 1000;
	base.last = chip_cycles();
	core_enable_vector(VECTOR_TIM5);
}

void stm32_tim5_handler(void)
{
	TIM5_SR = 0;
	TIM5_CR1 = 0;
	clock_interrupt();
}
