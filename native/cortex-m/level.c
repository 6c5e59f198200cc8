/*
 * Priority levels at the NVIC (native/abi/port.h): a spare vector for each, whose handler runs the level's machine. The
 * NVIC is the scheduler: a pending vector of a more urgent priority preempts, whatever the other machine is doing, and a
 * vector that becomes pending while its handler runs is entered once more. Floating-point registers are stacked
 * by the core, lazily. All levels use the one C stack, nested: about 770 bytes each (machine.c, share_c_stack).
 */
#include "chip.h"
#include "core.h"
#include "interrupt-port.h"
#include "levels.h"
#include "port.h"
#include "vectors.h"

#include <errno.h>

static void handler(uint32_t vector)
{
	stator_machine *machine = stator_machines + 1;
	while (machine->executor.exception != vector + 16)
		machine++;
	stator_level_turn(machine);
}

uint32_t stator_port_priorities(void)
{
	return stator_port_vector_priority(0, UINT32_MAX); /* as it was: there is no such priority */
}

int stator_port_level_check(int32_t vector, int32_t priority)
{
	if (vector < 0 || (uint32_t)vector >= chip_vector_count)
		return -ENXIO;
	if (priority < -1 || priority >= (int32_t)stator_port_priorities())
		return -ERANGE;
	int status = vector_attach((uint32_t)vector, handler);
	return status == -EINVAL ? -EBUSY : status;
}

int stator_port_level_open(stator_executor *executor, int32_t priority)
{
	uint32_t vector = executor->exception - 16;
	if (priority >= 0)
		stator_port_vector_priority(vector, (uint32_t)priority);
	core_enable_vector(vector);
	if (stator_work(executor))
		core_pend_vector(vector);
	return 0;
}

void stator_port_level_close(stator_executor *executor)
{
	core_disable_vector(executor->exception - 16);
}

bool stator_port_masked(void)
{
	uint32_t state;
	__asm__ volatile("mrs %0, primask" : "=r"(state));
	return state & 1;
}

void stator_port_interrupts(bool on)
{
	if (on)
		__asm__ volatile("cpsie i" ::: "memory");
	else
		__asm__ volatile("cpsid i" ::: "memory");
}
