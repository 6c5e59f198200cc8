/*
 * The core's cycle counter. Armv6-M has none, some cores are built without it, and emulators may know its address but not
 * count (QEMU reads zeros): so it is started and watched, and used when it moves.
 */
#include "cycles.h"

#include "chip.h"
#include "core.h"
#include "stator-cycles.h"

uint32_t (*cycles_counter)(void) = chip_cycles;

static uint32_t core_cycles(void)
{
	return DWT_CYCCNT;
}

void cycles_init(void)
{
	if (CPUID_ARCHITECTURE(SCB_CPUID) == CPUID_ARMV6M)
		return;
	DCB_DEMCR |= DEMCR_TRCENA;
	DWT_CYCCNT = 0;
	DWT_CTRL |= DWT_CYCCNTENA;
	uint32_t before = DWT_CYCCNT;
	for (volatile int i = 0; i < 8; i++)
		;
	if (DWT_CYCCNT != before)
		cycles_counter = core_cycles;
}

double stator_cycles_hz(void)
{
	return cycles_counter == core_cycles ? chip_systick_hz : chip_cycles_hz;
}
