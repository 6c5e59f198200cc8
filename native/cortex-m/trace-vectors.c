/*
 * Interrupts in the trace (native/abi/trace.h), linked into traced programs only: a vector table that lies before the
 * others, so that the core finds it first (board.ld), and whose entries note when a handler begins and ends. The handlers
 * themselves stay where they are, in the tables of the core and the chip. Faults are not noted: they end the program.
 *
 * Costs a KB of flash, no RAM, and two records with some thirty instructions for each interrupt.
 */
#include "chip.h"
#include "core.h"
#include "format.h"
#include "port.h"
#include "time-driver.h"
#include "trace-memory.h"
#include "trace.h"
#include "vectors.h"

enum { CORE_VECTORS = 16, MOST_VECTORS = 240, SEEN_WORDS = (CORE_VECTORS + MOST_VECTORS) / 32 };

typedef void (*handler_t)(void);

extern char _stack_end;
extern handler_t const core_vectors[];
extern vector_handler *vector_handlers;
void fault_entry(void);
void SysTick_Handler(void);

static uint32_t seen[SEEN_WORDS];

static bool attached(uint32_t vector)
{
	return vector_handlers && vector_handlers[vector];
}

/* The handler of an exception; null: it is a fault. */
static handler_t handler_of(uint32_t exception)
{
	uint32_t vector = exception - CORE_VECTORS;
	handler_t handler = exception < CORE_VECTORS ? core_vectors[exception] : vector < chip_vector_count ? chip_vectors[vector] : 0;
	if (handler == fault_entry || (handler == vector_entry && !attached(vector)))
		return 0;
	return handler;
}

__attribute__((used)) static handler_t enter(uint32_t exception)
{
	handler_t handler = handler_of(exception);
	/* The driver of SysTick counts a period that has ended where it finds its interrupt pending, or else in its handler. Nobody
	   may look at the clock in between; we do, so the interrupt is made pending again and the handler's other half called. */
	if (handler == SysTick_Handler) {
		SCB_ICSR = ICSR_PENDSTSET;
		stator_port_now();
		handler = clock_interrupt;
	}
	if (handler) {
		seen[exception / 32] |= 1u << (exception % 32);
		stator_trace(0, STATOR_TRACE_INTERRUPT_ENTER, exception);
	}
	return handler;
}

/* A program that does not end by itself is ended here, where it is looked at whatever it does. */
__attribute__((used)) static void leave(uint32_t exception)
{
	stator_trace(0, STATOR_TRACE_INTERRUPT_LEAVE, exception);
	if (stator_trace_limit && !stator_the_trace.off && stator_port_now() >= stator_trace_limit)
		stator_port_exit(0);
}

/* A fault is handed on as if this had not been: its report looks at lr and the stack. Armv6-M has these instructions too. */
__attribute__((naked, used)) static void entry(void)
{
	__asm__ volatile(
		"push {r4, lr}\n\t"
		"mrs r0, ipsr\n\t"
		"mov r4, r0\n\t"
		"bl enter\n\t"
		"cmp r0, #0\n\t"
		"beq 1f\n\t"
		"blx r0\n\t"
		"mov r0, r4\n\t"
		"bl leave\n\t"
		"pop {r4, pc}\n"
		"1:\tldr r0, [sp, #4]\n\t"
		"mov lr, r0\n\t"
		"ldr r4, [sp]\n\t"
		"add sp, #8\n\t"
		"ldr r0, =fault_entry\n\t"
		"bx r0\n\t"
		".ltorg\n");
}

__attribute__((naked, used)) static void reset(void)
{
	__asm__ volatile(
		"ldr r0, =core_vectors\n\t"
		"ldr r0, [r0, #4]\n\t"
		"bx r0\n\t"
		".ltorg\n");
}

__attribute__((section(".vectors.trace"), used)) static const void *const trace_vectors[CORE_VECTORS + MOST_VECTORS] = {
	&_stack_end, (void *)reset,
	(void *)fault_entry, (void *)fault_entry, (void *)fault_entry, (void *)fault_entry, (void *)fault_entry,
	0, 0, 0, 0,
	(void *)fault_entry, (void *)fault_entry,
	0,
	[14 ... CORE_VECTORS + MOST_VECTORS - 1] = (void *)entry,
};

/* Their handlers, by address: the image has the names. */
void stator_trace_print_interrupts(void)
{
	for (uint32_t i = 0; i < CORE_VECTORS + MOST_VECTORS; i++) {
		if (!(seen[i / 32] & 1u << (i % 32)))
			continue;
		handler_t handler = handler_of(i);
		if (handler == vector_entry)
			handler = (handler_t)vector_handlers[i - CORE_VECTORS];
		stator_print("stator-trace: interrupt %u %08x", (unsigned)i, (unsigned)(uintptr_t)handler);
	}
}
