/* level.h: the levels that the loop in thread mode serves. */
#ifndef STATOR_LINUX_LEVEL_H
#define STATOR_LINUX_LEVEL_H

#include <stdbool.h>
#include <stdint.h>

/* Runs every level that has work, the most urgent first, until none has. */
void linux_levels_serve(void);

/* Whether one has work. */
bool linux_levels_work(void);

/* Shortens `*ticks` to the next alarm of a level; returns whether there is any. `armed`: there is one already. */
bool linux_levels_alarm(bool armed, uint32_t *ticks);

#endif
