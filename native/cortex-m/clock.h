/* clock.h: ticks of one millisecond and the alarms of all executors, on the one timer that a time driver gives (time-driver.h). */
#ifndef STATOR_CLOCK_H
#define STATOR_CLOCK_H

#include "executor.h"

/* Starts the clock. INIT. */
void clock_init(void);

/* The present tick. Masked. */
uint32_t clock_ticks(void);

/* Marks what is due, and sets the driver for the next alarm. Masked, or in the driver's interrupt. */
void clock_program(void);

/* The same where nothing is due, in a program that is recorded: it is given no time. Masked. */
void clock_reprogram(void);

/* The executors that have had an alarm, linked by clock_next: every alarm on the board. Masked. */
extern stator_executor *clock_executors;

#endif
