/* clock.h: ticks of one millisecond from SysTick, without a tick interrupt. */
#ifndef STATOR_CLOCK_H
#define STATOR_CLOCK_H

void clock_init(void);

#endif
