/* Handlers chosen at run time (vectors.h). */
#include "vectors.h"

#include "chip.h"
#include "heap.h"

#include <errno.h>

vector_handler *vector_handlers; /* null until the first is attached */

/* Tail-calls the handler: it returns from the interrupt by itself. About ten instructions, of the Armv6-M set. */
__attribute__((naked)) void vector_entry(void)
{
	__asm__ volatile(
		".syntax unified\n\t"
		"ldr r3, =vector_handlers\n\t"
		"ldr r3, [r3]\n\t"
		"cmp r3, #0\n\t"
		"beq 1f\n\t"
		"mrs r0, ipsr\n\t"
		"subs r0, #16\n\t"
		"lsls r2, r0, #2\n\t"
		"ldr r3, [r3, r2]\n\t"
		"cmp r3, #0\n\t"
		"bne 2f\n"
		"1:\tldr r3, =fault_entry\n"
		"2:\tbx r3\n\t"
		".ltorg\n");
}

int vector_attach(uint32_t vector, vector_handler handler)
{
	if (vector >= chip_vector_count || chip_vectors[vector] != vector_entry)
		return -EINVAL;
	if (!vector_handlers) {
		if (!handler)
			return 0;
		vector_handlers = stator_heap_keep_shared(chip_vector_count * sizeof *vector_handlers);
		if (!vector_handlers)
			return -ENOMEM;
	}
	if (handler && vector_handlers[vector] && vector_handlers[vector] != handler)
		return -EBUSY;
	vector_handlers[vector] = handler;
	return 0;
}
