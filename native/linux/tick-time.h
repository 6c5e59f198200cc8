/* tick-time.h: the clock's time of a tick. */
#ifndef STATOR_LINUX_TICK_TIME_H
#define STATOR_LINUX_TICK_TIME_H

#include <stdint.h>
#include <time.h>

/* When a tick begins, on CLOCK_MONOTONIC; of those of that number the one nearest to now. Any thread. */
struct timespec linux_tick_begins(uint32_t tick);

#endif
