/*
 * Reset: data and bss, chip, clock, then the machine. The vector table's first sixteen entries are the core's; the
 * chip's follow in chips/<chip>/chip.c (section .vectors.chip), placed right behind by board.ld.
 */
#include "chip.h"
#include "clock.h"
#include "core.h"
#include "cycles.h"
#include "machine.h"
#include "port.h"

#include <stdint.h>

extern uint32_t _data_start[], _data_end[], _data_load[], _bss_start[], _bss_end[];
extern char _stack_end;

void fault_entry(void);
void SysTick_Handler(void);

static void reset(void)
{
	core_init();
	/* By words: the C library's small memcpy and memset go byte by byte. */
	for (uint32_t *to = _data_start, *from = _data_load; to < _data_end;)
		*to++ = *from++;
	for (uint32_t *to = _bss_start; to < _bss_end;)
		*to++ = 0;
	chip_init();
	cycles_init();
	clock_init();
	__asm__ volatile("cpsie i" ::: "memory");
	int status = stator_machine_run();
	stator_machine_summary();
	stator_port_exit(status);
}

/* board.ld asks for it by name: nothing else would draw this file out of the library. */
extern const void *const core_vectors[16];
__attribute__((section(".vectors.core"), used)) const void *const core_vectors[16] = {
	&_stack_end, (void *)reset,
	(void *)fault_entry, /* NMI */
	(void *)fault_entry, /* HardFault */
	(void *)fault_entry, /* MemManage */
	(void *)fault_entry, /* BusFault */
	(void *)fault_entry, /* UsageFault */
	0, 0, 0, 0,
	(void *)fault_entry, /* SVCall */
	(void *)fault_entry, /* DebugMonitor */
	0,
	(void *)fault_entry, /* PendSV */
	(void *)SysTick_Handler,
};
