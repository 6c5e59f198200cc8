/*
 * time-base.h: what the time drivers share: steps of a counter, added up to ticks. Header only, so that each driver's numbers are
 * constants. Masked.
 */
#ifndef STATOR_TIME_BASE_H
#define STATOR_TIME_BASE_H

#include <stdint.h>

typedef struct {
	uint32_t ticks;
	uint32_t rest; /* steps that are no whole tick yet */
	uint32_t last; /* the counter when it was read last */
} time_base;

/* Adds steps. */
static inline void time_base_add(time_base *base, uint32_t steps, uint32_t steps_per_tick)
{
	uint32_t total = base->rest + steps;
	base->ticks += total / steps_per_tick;
	base->rest = total % steps_per_tick;
}

/* Brings the base up to a free-running 32-bit counter. Exact: nothing stands between the reading and the next. The counter is
   read at least once in each of its turns. */
static inline void time_base_count(time_base *base, uint32_t counter, uint32_t steps_per_tick)
{
	uint32_t steps = counter - base->last;
	base->last = counter;
	time_base_add(base, steps, steps_per_tick);
}

/* Steps from the last reading to the start of the tick that comes `ticks` later, at most `most`. */
static inline uint32_t time_base_steps(const time_base *base, uint32_t ticks, uint32_t steps_per_tick, uint32_t most)
{
	return ticks <= most / steps_per_tick ? ticks * steps_per_tick - base->rest : most;
}

#endif
