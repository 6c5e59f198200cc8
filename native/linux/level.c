/*
 * Priority levels on Linux (native/abi/port.h): served by the loop in thread mode, one after another, in the order of their
 * priorities. They do not preempt. Vectors are numbers that nothing stands behind but `schedule`.
 */
#include "level.h"

#include "interrupt-port.h"
#include "levels.h"
#include "port.h"

#include <errno.h>

enum { PRIORITIES = 16, MACHINES_MAX = 128 };

static uint32_t priorities[MACHINES_MAX]; /* by machine; 0: not open, else the priority + 1 */
static bool masked;

uint32_t stator_port_priorities(void)
{
	return PRIORITIES;
}

int stator_port_level_check(int32_t vector, int32_t priority)
{
	if (vector < 0 || vector >= (int32_t)stator_port_vector_count())
		return -ENXIO;
	return priority < -1 || priority >= PRIORITIES ? -ERANGE : 0;
}

int stator_port_level_open(stator_executor *executor, int32_t priority)
{
	priorities[stator_machine_number((stator_machine *)executor)] = priority < 0 ? 1 : (uint32_t)priority + 1;
	return 0;
}

void stator_port_level_close(stator_executor *executor)
{
	priorities[stator_machine_number((stator_machine *)executor)] = 0;
}

bool stator_port_masked(void)
{
	return masked;
}

void stator_port_interrupts(bool on)
{
	masked = !on;
}

static bool open_level(uint32_t number)
{
	return priorities[number] && !masked;
}

/* The most urgent level that has work; null: none. */
static stator_machine *next(void)
{
	stator_machine *best = NULL;
	for (uint32_t i = 1; i < stator_machine_count; i++)
		if (open_level(i) && stator_work(&stator_machines[i].executor) &&
			(!best || priorities[i] < priorities[stator_machine_number(best)]))
			best = &stator_machines[i];
	return best;
}

void linux_levels_serve(void)
{
	if (stator_current != stator_machines)
		return;
	for (uint32_t i = 1; i < stator_machine_count; i++) {
		uint32_t ticks;
		if (priorities[i] && stator_machines[i].executor.armed)
			stator_alarm_check(&stator_machines[i].executor, stator_port_now(), &ticks);
	}
	for (stator_machine *machine; (machine = next());)
		stator_level_turn(machine);
}

bool linux_levels_work(void)
{
	return stator_current == stator_machines && next() != NULL;
}

bool linux_levels_alarm(bool armed, uint32_t *ticks)
{
	for (uint32_t i = 1; i < stator_machine_count && stator_current == stator_machines; i++) {
		uint32_t left = 0;
		stator_executor *executor = &stator_machines[i].executor;
		if (priorities[i] && executor->armed && stator_alarm_check(executor, stator_port_now(), &left) && (!armed || left < *ticks)) {
			armed = true;
			*ticks = left;
		}
	}
	return armed;
}
