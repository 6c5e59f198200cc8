/*
 * Priority levels at the NVIC (native/abi/port.h): a spare vector for each, whose handler runs the level's machine. The
 * NVIC is the scheduler: a pending vector of a more urgent priority preempts, whatever the other machine is doing, and a
 * vector that becomes pending while its handler runs is entered once more. Floating-point registers are stacked
 * by the core, lazily. All levels use the one C stack, nested: about 770 bytes each.
 */
#include "chip.h"
#include "core.h"
#include "levels.h"
#include "port.h"
#include "vectors.h"

#include <errno.h>

static uint32_t priority_shift; /* 0: not asked yet (a core has at most 7 bits that preempt) */

static void handler(uint32_t vector)
{
	stator_machine *machine = stator_machines + 1;
	while (machine->executor.exception != vector + 16)
		machine++;
	stator_level_turn(machine);
}

uint32_t stator_port_vectors(void)
{
	return chip_vector_count;
}

/* The NVIC has the upper bits of each priority; the lowest of eight does not preempt (PRIGROUP 0). */
static uint32_t shift(void)
{
	if (!priority_shift) {
		uint32_t before = NVIC_IPR(0);
		NVIC_IPR(0) = before | 0xFF;
		uint32_t bits = NVIC_IPR(0) & 0xFF;
		NVIC_IPR(0) = before;
		priority_shift = 1;
		while (!(bits >> priority_shift & 1))
			priority_shift++;
	}
	return priority_shift;
}

uint32_t stator_port_priorities(void)
{
	return 256 >> shift();
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
		core_vector_priority(vector, (uint32_t)priority << shift());
	core_enable_vector(vector);
	if (stator_work(executor))
		core_pend_vector(vector);
	return 0;
}

int stator_port_schedule(uint32_t vector)
{
	if (vector >= chip_vector_count)
		return -ENXIO;
	core_pend_vector(vector);
	return 0;
}

bool stator_port_masked(void)
{
	uint32_t state;
	__asm__ volatile("mrs %0, primask" : "=r"(state));
	return state & 1;
}

void stator_port_mask_set(bool on)
{
	if (on)
		__asm__ volatile("cpsid i" ::: "memory");
	else
		__asm__ volatile("cpsie i" ::: "memory");
}
