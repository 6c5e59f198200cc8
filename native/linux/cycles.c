/* Which counter measures polls on a host (stator-cycles.h). */
#define _GNU_SOURCE
#include "cycles.h"

#include "stator-cycles.h"

#include <time.h>
#ifdef __x86_64__
#include <cpuid.h>
#endif

bool cycles_of_core;

static uintptr_t first_cycles, first_clock;

uintptr_t cycles_of_clock(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uintptr_t)time.tv_sec * 1000000000u + (uintptr_t)time.tv_nsec;
}

void cycles_init(void)
{
#ifdef __x86_64__
	enum { LEAF_POWER = 0x80000007, INVARIANT_TSC = 1 << 8 };
	unsigned a, b, c, d;
	cycles_of_core = __get_cpuid(LEAF_POWER, &a, &b, &c, &d) && d & INVARIANT_TSC;
#endif
	first_clock = cycles_of_clock();
	first_cycles = stator_cycles_read();
}

double stator_cycles_hz(void)
{
	enum { ENOUGH = 1000000 }; /* nanoseconds to measure over */
	if (!cycles_of_core)
		return 1e9;
	uintptr_t clock;
	while ((clock = cycles_of_clock() - first_clock) < ENOUGH)
		;
	return (double)(stator_cycles_read() - first_cycles) * 1e9 / (double)clock;
}
