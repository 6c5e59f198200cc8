/*
 * Interrupts as sources of wakes (native/abi/interrupt-port.h): the handler that vectors.h attaches when a vector is first
 * waited for, and the lines of the board's own handlers. It does three things and no more: the application's acknowledge function,
 * the vector disabled when it is held, the list's count and wakes.
 *
 * A vector is enabled by its first wait. Held (`hold`), it is disabled again by each of its interrupts, and enabled by the next
 * wait: a peripheral that keeps its line raised until a task has seen to it would else be back before the task's first
 * instruction, for ever. Once asked for, that holds for all waits for the vector.
 */
#include "chip.h"
#include "core.h"
#include "heap.h"
#include "interrupt-line.h"
#include "pins.h"
#include "port.h"
#include "record-hooks.h"
#include "record-port.h"
#include "vectors.h"

#include <errno.h>

stator_interrupts stator_interrupt_lists;

static uint32_t *held; /* one bit a vector */
static stator_acknowledge *acknowledges; /* null until an application has one */

int stator_interrupts_make(void)
{
	if (stator_interrupt_lists.lists)
		return 0;
	uint32_t sources = chip_vector_count + STATOR_LINE_PINS + STATOR_EDGES * pin_lines;
	stator_interrupt_list *lists = stator_heap_keep_shared(sources * sizeof *lists);
	held = stator_heap_keep_shared((chip_vector_count + 31) / 32 * sizeof *held);
	if (!lists || !held)
		return -ENOMEM;
	uint32_t state = core_mask(); /* lines interrupt already */
	stator_interrupts_init(&stator_interrupt_lists, lists, sources);
	core_unmask(state);
	return 0;
}

static void came(uint32_t source)
{
	if (STATOR_RECORDED)
		record_note(source);
	else
		stator_interrupts_came(&stator_interrupt_lists, source, 1);
}

static void handler(uint32_t vector)
{
	if (acknowledges && acknowledges[vector])
		acknowledges[vector](vector);
	/* Before the wakes: a task of higher priority may wait again, and enable it, while the handler is not through. */
	if (held[vector / 32] & 1u << vector % 32)
		core_disable_vector(vector);
	came(vector);
}

void interrupt_line(uint32_t line)
{
	if (stator_interrupt_lists.lists)
		came(chip_vector_count + line);
}

uint32_t stator_port_vector_count(void)
{
	return chip_vector_count;
}

int stator_port_vector_attach(uint32_t vector)
{
	int status = vector_attach(vector, handler);
	return status == -EINVAL ? -EPERM : status;
}

void stator_port_vector_await(uint32_t vector, bool hold)
{
	if (hold && !(held[vector / 32] & 1u << vector % 32)) {
		uint32_t state = core_mask();
		held[vector / 32] |= 1u << vector % 32;
		core_unmask(state);
	}
	core_enable_vector(vector);
}

int stator_port_vector_pend(uint32_t vector)
{
	if (vector >= chip_vector_count)
		return -ENXIO;
	core_pend_vector(vector);
	__asm__ volatile("dsb\n\tisb" ::: "memory"); /* taken here, unless it is masked or disabled */
	return 0;
}

uint32_t stator_port_vector_priority(uint32_t vector, uint32_t priority)
{
	/* The bits that the controller does not have read as zero; the ones that it has are the upper ones. */
	uint32_t shift = 8 * (vector % 4), before = NVIC_IPR(vector) >> shift & 0xFF;
	core_vector_priority(vector, 0xFF);
	uint32_t present = NVIC_IPR(vector) >> shift & 0xFF, step = present & -present;
	if (step == 1)
		step = 2; /* of eight bits the lowest does not preempt (PRIGROUP 0) */
	uint32_t count = 256 / step;
	core_vector_priority(vector, priority < count ? priority * step : before);
	return count;
}

int stator_interrupt_acknowledge(uint32_t vector, stator_acknowledge acknowledge)
{
	if (vector >= chip_vector_count)
		return -EINVAL;
	if (!acknowledges) {
		acknowledges = stator_heap_keep_shared(chip_vector_count * sizeof *acknowledges);
		if (!acknowledges)
			return -ENOMEM;
	}
	acknowledges[vector] = acknowledge;
	return 0;
}
