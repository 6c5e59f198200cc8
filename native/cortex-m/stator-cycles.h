/*
 * stator-cycles.h for boards: the counter that polls are measured with (native/abi/account.h). The core's own, DWT CYCCNT,
 * where it counts; else the chip's measuring counter. cycles.c looks once, at boot.
 */
#ifndef STATOR_CYCLES_H
#define STATOR_CYCLES_H

#include <stdint.h>

extern uint32_t (*cycles_counter)(void);

/* HOT: about seven instructions. Any context. */
__attribute__((always_inline)) static inline uintptr_t stator_cycles_read(void)
{
	return cycles_counter();
}

/* Steps a second. */
double stator_cycles_hz(void);

#endif
