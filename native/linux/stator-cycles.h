/*
 * stator-cycles.h for hosts: the counter that polls are measured with (native/abi/account.h). On x86-64 the time stamp
 * counter, when the processor says that it runs at one rate on all cores; else the monotonic clock.
 */
#ifndef STATOR_CYCLES_H
#define STATOR_CYCLES_H

#include <stdbool.h>
#include <stdint.h>

extern bool cycles_of_core;
uintptr_t cycles_of_clock(void);

/* HOT: one instruction, or a call of the clock. Any thread. */
static inline uintptr_t stator_cycles_read(void)
{
#ifdef __x86_64__
	if (cycles_of_core)
		return __builtin_ia32_rdtsc();
#endif
	return cycles_of_clock();
}

/* Steps a second; of the time stamp counter measured since start. */
double stator_cycles_hz(void);

#endif
