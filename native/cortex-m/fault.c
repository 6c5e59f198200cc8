/*
 * Faults: a report, then the end. What: the exception, and what the core knows of its cause. Where: the registers, and the lines of
 * TypeScript that were being run. How much: the C stack. Every exception that nothing handles comes here, interrupts of the chip
 * included, so that a forgotten handler is a message and not a silent loop.
 *
 * A C stack that has overflowed leaves no room to report on: then the report begins again from the stack's top, where nothing is
 * needed any more.
 */
#include "chip.h"
#include "core.h"
#include "format.h"
#include "machine.h"
#include "port.h"
#include "record-hooks.h"
#include "settings.h"

extern char _stack_start[], _stack_end[], _ram_start[], _ram_end[]; /* board.ld */

enum { STATUS_FAULT = 90, FRAME_BYTES = 32 };

static volatile uint32_t reports;

void fault_report(const uint32_t *frame, uint32_t exception, uint32_t return_code);

/* Hands the stacked registers, wherever they are, to the report; on a stack that holds it. 768: as in memory.c. */
__attribute__((naked)) void fault_entry(void)
{
	__asm__ volatile(
		".syntax unified\n\t"
		"mov r2, lr\n\t"
		"movs r1, #4\n\t"
		"tst r1, r2\n\t"
		"bne 1f\n\t"
		"mrs r0, msp\n\t"
		"b 2f\n"
		"1:\tmrs r0, psp\n"
		"2:\tmrs r1, ipsr\n\t"
		"ldr r3, =_stack_start + 768\n\t"
		"cmp sp, r3\n\t"
		"blo 3f\n\t"
		"ldr r3, =_stack_end\n\t"
		"cmp sp, r3\n\t"
		"bls 4f\n"
		"3:\tldr r3, =_stack_end\n\t"
		"mov sp, r3\n"
		"4:\tbl fault_report\n\t"
		".ltorg\n");
}

static const char *name_of(uint32_t exception)
{
	static const char *const names[] = { "?", "Reset", "NMI", "HardFault", "MemManage", "BusFault", "UsageFault" };
	return exception < sizeof names / sizeof *names ? names[exception] : "unhandled interrupt";
}

static bool in_ram(const uint32_t *frame)
{
	uintptr_t at = (uintptr_t)frame;
	return at >= (uintptr_t)_ram_start && at <= (uintptr_t)_ram_end - FRAME_BYTES && !(at & 3);
}

static void report_stack(const uint32_t *frame)
{
	const char *at = (const char *)frame;
	int size = (int)(_stack_end - _stack_start), used = (int)(_stack_end - at);
	if (at < _stack_start - size || at > _stack_end) /* wherever it is, it is no stack of ours */
		stator_print("  sp %08x is outside of the C stack, %08x to %08x", (unsigned)(uintptr_t)at, (unsigned)(uintptr_t)_stack_start,
			(unsigned)(uintptr_t)_stack_end);
	else
		stator_print("  C stack: %d of %d bytes in use%s", used, size,
			used >= size ? ": it has overflowed; look for endless recursion, or raise the setting cStackBytes" : "");
}

__attribute__((used)) void fault_report(const uint32_t *frame, uint32_t exception, uint32_t return_code)
{
	core_mask();
	console_forget_writers();
	if (reports++) { /* the report itself has come upon something broken: what it has said has to do */
		stator_print("  (a fault in the report: it ends here)");
		stator_port_exit(STATUS_FAULT);
	}
	bool stacked = in_ram(frame) && !core_fault_frame_lost();
	if (stacked)
		stator_print("stator: %s (exception %u) at pc %08x, called from lr %08x", name_of(exception), (unsigned)exception, (unsigned)frame[6], (unsigned)frame[5]);
	else
		stator_print("stator: %s (exception %u); its registers could not be stacked", name_of(exception), (unsigned)exception);
	core_fault_explain();
	report_stack(frame);
	if (stacked) {
		stator_print("  r0 %08x  r1 %08x  r2 %08x  r3 %08x  r12 %08x  psr %08x", (unsigned)frame[0], (unsigned)frame[1],
			(unsigned)frame[2], (unsigned)frame[3], (unsigned)frame[4], (unsigned)frame[7]);
		stator_print("  sp %08x  exc_return %08x", (unsigned)(uintptr_t)frame, (unsigned)return_code);
	}
	stator_machine_where(frame);
	stator_port_exit(STATUS_FAULT);
}

/* Linked into traced programs only. */
__attribute__((weak)) void stator_trace_dump(void);

static void reset(void)
{
	__asm__ volatile("dsb" ::: "memory");
	SCB_AIRCR = 0x05FA0004; /* SYSRESETREQ */
	__asm__ volatile("dsb" ::: "memory");
}

/* The last words are for the tool at the other end of the line; it takes the first form as the end. */
void stator_port_exit(int status)
{
	core_mask();
	if (STATOR_RECORDED)
		stator_record_end(status);
	if (stator_trace_dump)
		stator_trace_dump();
	if (STATOR_RECORDED)
		stator_record_dump();
	stator_print(stator_settings.halt ? "stator: exit %d" : "stator: exit %d, the board resets", status);
	stator_port_flush();
	if (!stator_settings.halt)
		reset();
	for (;;)
		core_wait_for_interrupt();
}

void stator_port_restart(void)
{
	core_mask();
	stator_print("stator: the board resets");
	stator_port_flush();
	reset();
	for (;;)
		core_wait_for_interrupt();
}
