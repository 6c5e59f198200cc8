/*
 * Interrupts of a program that is replayed (native/abi/interrupt-port.h): they come out of the record. What is asked about vectors and pins
 * was answered when it was recorded (native/xs/interrupt-glue.c takes that answer, whatever is given here); what is raised by software came
 * as an interrupt then, and comes as one now.
 */
#include "heap.h"
#include "interrupt-port.h"
#include "pin-port.h"
#include "replay.h"

#include <errno.h>

stator_interrupts stator_interrupt_lists;

int stator_interrupts_make(void)
{
	uint32_t least = replay_head.vectors + STATOR_LINE_PINS, sources = replay_head.sources > least ? replay_head.sources : least;
	if (stator_interrupt_lists.lists)
		return 0;
	stator_interrupt_list *lists = stator_heap_keep_shared(sources * sizeof *lists);
	if (!lists)
		return -ENOMEM;
	stator_interrupts_init(&stator_interrupt_lists, lists, sources);
	return 0;
}

uint32_t stator_port_vector_count(void)
{
	return replay_head.vectors;
}

int stator_port_vector_attach(uint32_t vector)
{
	(void)vector;
	return 0;
}

void stator_port_vector_await(uint32_t vector, bool hold)
{
	(void)vector;
	(void)hold;
}

/* What it said is the native function's result, which is in the record. */
int stator_port_vector_pend(uint32_t vector)
{
	(void)vector;
	return 0;
}

uint32_t stator_port_vector_priority(uint32_t vector, uint32_t priority)
{
	(void)vector;
	(void)priority;
	return 0;
}

int32_t stator_port_pin(const char *name)
{
	(void)name;
	return 0;
}

int32_t stator_port_pin_watch(uint32_t pin, uint32_t edge)
{
	(void)pin;
	(void)edge;
	return 0;
}

int stator_interrupt_acknowledge(uint32_t vector, stator_acknowledge acknowledge)
{
	(void)vector;
	(void)acknowledge;
	return 0;
}

int stator_port_pin_open(uint32_t pin, uint32_t mode)
{
	(void)pin;
	(void)mode;
	return 0;
}

void stator_port_pin_close(uint32_t pin)
{
	(void)pin;
}

bool stator_port_pin_read(uint32_t pin)
{
	(void)pin;
	return false;
}

void stator_port_pin_write(uint32_t pin, bool high)
{
	(void)pin;
	(void)high;
}
