/*
 * time-driver.h: what clock.c asks of a timer. One driver is linked into a program: time/<name>.c, the first that the board's
 * board.json names under "clocks" unless the program's setting `clock` names another.
 *
 * Model. The driver counts ticks of one millisecond since start, in 32 bits that wrap, and has one alarm in hardware
 * (TIME_DRIVER_ALARMS); clock.c keeps the alarms of all executors and gives the driver the nearest. Nothing ticks: between two
 * alarms the driver interrupts only as often as its counter's width demands, which is said in each driver. An interrupt may
 * come early, or for nothing; it must never come late, nor be lost when the alarm's tick comes while it is being programmed.
 *
 * Called with interrupts masked, or in the driver's own interrupt.
 */
#ifndef STATOR_TIME_DRIVER_H
#define STATOR_TIME_DRIVER_H

#include <stdint.h>

enum { TIME_DRIVER_ALARMS = 1 };

#define TIME_DRIVER_NEVER 0x7FFFFFFFu

/* Starts counting at tick 0. INIT, once, after chip_init. */
void time_driver_init(void);

/* The present tick. */
uint32_t time_driver_now(void);

/* Where in the present tick the last time_driver_now() found the clock: its steps since the tick began, and how many a tick has. */
typedef struct {
	uint32_t rest, per_tick;
} time_driver_fraction;
time_driver_fraction time_driver_within(void);

/* Interrupts at the start of the tick that comes so many after the one that time_driver_now() gave last, or earlier. At least 1;
   TIME_DRIVER_NEVER: no alarm. The alarm before is forgotten. */
void time_driver_alarm(uint32_t ticks);

/* The driver's interrupt handler calls this when it has acknowledged its interrupt. */
void clock_interrupt(void);

#endif
