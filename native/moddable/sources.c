/*
 * Interrupts (native/abi/interrupt-port.h): 64 sources that the application's own C files, and tasks, raise by number. Which peripheral is
 * behind one, and its handler, is theirs; the handler calls stator_port_vector_pend. After the model of a
 * controller: a source is enabled by its first wait, and what is raised before that is latched once. No chip is touched.
 */
#include "heap.h"
#include "interrupt-port.h"
#include "port.h"

#include <errno.h>

enum { VECTORS = 64, PIN_LINES = 8, SOURCES = VECTORS + STATOR_LINE_PINS + STATOR_EDGES * PIN_LINES };

stator_interrupts stator_interrupt_lists;

/* One bit a vector; written under the lock. */
static uint32_t enabled[VECTORS / 32], held[VECTORS / 32], latched[VECTORS / 32];
static stator_acknowledge acknowledges[VECTORS];

static bool bit(const uint32_t *set, uint32_t vector)
{
	return set[vector / 32] >> vector % 32 & 1;
}

static void put(uint32_t *set, uint32_t vector, bool on)
{
	if (on)
		set[vector / 32] |= 1u << vector % 32;
	else
		set[vector / 32] &= ~(1u << vector % 32);
}

int stator_interrupts_make(void)
{
	if (stator_interrupt_lists.lists)
		return 0;
	stator_interrupt_list *lists = stator_heap_keep_shared(SOURCES * sizeof *lists);
	if (!lists)
		return -ENOMEM;
	stator_interrupts_init(&stator_interrupt_lists, lists, SOURCES);
	return 0;
}

uint32_t stator_port_vector_count(void)
{
	return VECTORS;
}

const char *stator_port_vector_name(uint32_t vector)
{
	(void)vector;
	return NULL;
}

int stator_port_vector_attach(uint32_t vector)
{
	(void)vector;
	return 0;
}

int stator_port_vector_pend(uint32_t vector)
{
	if (vector >= VECTORS)
		return -ENXIO;
	uint32_t state = stator_port_lock();
	const bool comes = bit(enabled, vector);
	put(latched, vector, !comes);
	if (comes && bit(held, vector))
		put(enabled, vector, false);
	stator_port_unlock(state);
	if (!comes)
		return 0;
	if (acknowledges[vector])
		acknowledges[vector](vector);
	stator_interrupts_came(&stator_interrupt_lists, vector, 1);
	return 0;
}

void stator_port_vector_await(uint32_t vector, bool hold)
{
	uint32_t state = stator_port_lock();
	const bool came = bit(latched, vector);
	if (hold)
		put(held, vector, true);
	put(enabled, vector, true);
	stator_port_unlock(state);
	if (came)
		stator_port_vector_pend(vector);
}

/* Priorities are the chip's business: every number that one could have is taken, and nothing follows from it. */
uint32_t stator_port_vector_priority(uint32_t vector, uint32_t priority)
{
	(void)vector;
	(void)priority;
	return 256;
}

/* Pins are found and opened by the SDK's classes (hal/moddable/pins.ts): a pin's number is its line. */
int32_t stator_port_pin(const char *name)
{
	(void)name;
	return -1;
}

int32_t stator_port_pin_watch(uint32_t pin, uint32_t edge)
{
	return pin < PIN_LINES ? (int32_t)(STATOR_LINE_PINS + STATOR_EDGES * pin + edge) : -EINVAL;
}

int stator_interrupt_acknowledge(uint32_t vector, stator_acknowledge acknowledge)
{
	if (vector >= VECTORS)
		return -EINVAL;
	acknowledges[vector] = acknowledge;
	return 0;
}
