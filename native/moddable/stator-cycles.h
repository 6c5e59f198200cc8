/* stator-cycles.h: the counter that polls are measured with is the finest clock that every platform of the SDK has (host.h). */
#ifndef STATOR_CYCLES_H
#define STATOR_CYCLES_H

#include "host.h"

static inline uintptr_t stator_cycles_read(void)
{
	return (uintptr_t)stator_host_clock();
}

static inline double stator_cycles_hz(void)
{
	return stator_host_clock_hz();
}

#endif
