/*
 * Faults: a report with the registers, then the end. Every exception that nothing handles comes here, interrupts of
 * the chip included, so that a forgotten handler is a message and not a silent loop.
 */
#include "chip.h"
#include "core.h"
#include "format.h"
#include "port.h"

#include "machine.h"
#include "settings.h"

void fault_report(const uint32_t *frame, uint32_t exception, uint32_t return_code);

/* Hands the stacked registers, wherever they are, to the report. */
__attribute__((naked)) void fault_entry(void)
{
	__asm__ volatile(
		"mov r2, lr\n\t"
		"movs r1, #4\n\t"
		"tst r1, r2\n\t"
		"bne 1f\n\t"
		"mrs r0, msp\n\t"
		"b 2f\n"
		"1:\tmrs r0, psp\n"
		"2:\tmrs r1, ipsr\n\t"
		"bl fault_report\n");
}

static const char *name_of(uint32_t exception)
{
	static const char *const names[] = { "?", "Reset", "NMI", "HardFault", "MemManage", "BusFault", "UsageFault" };
	return exception < sizeof names / sizeof *names ? names[exception] : "unhandled interrupt";
}

__attribute__((used)) void fault_report(const uint32_t *frame, uint32_t exception, uint32_t return_code)
{
	core_mask();
	stator_print("stator: %s (exception %u) at pc %08x, called from lr %08x", name_of(exception), (unsigned)exception, (unsigned)frame[6], (unsigned)frame[5]);
	stator_print("  r0 %08x  r1 %08x  r2 %08x  r3 %08x  r12 %08x  psr %08x", (unsigned)frame[0], (unsigned)frame[1],
		(unsigned)frame[2], (unsigned)frame[3], (unsigned)frame[4], (unsigned)frame[7]);
	stator_print("  sp %08x  exc_return %08x  cfsr %08x  hfsr %08x  mmfar %08x  bfar %08x", (unsigned)(uintptr_t)frame, (unsigned)return_code,
		(unsigned)SCB_CFSR, (unsigned)SCB_HFSR, (unsigned)SCB_MMFAR, (unsigned)SCB_BFAR);
	stator_port_exit(90);
}

/* Linked into traced programs only. */
__attribute__((weak)) void stator_trace_dump(void);

/* The last words are for the tool at the other end of the line. */
void stator_port_exit(int status)
{
	core_mask();
	if (stator_trace_dump)
		stator_trace_dump();
	stator_print("stator: exit %d", status);
	stator_port_flush();
	if (!stator_settings.halt)
		SCB_AIRCR = 0x05FA0004; /* SYSRESETREQ */
	for (;;)
		core_wait_for_interrupt();
}
