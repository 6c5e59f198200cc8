/* The button: its interrupt counts edges and wakes the task that waits; what it means is the task's business. */
#include "chip.h"
#include "core.h"
#include "machine.h"
#include "port.h"

static volatile uint32_t edges;
static stator_executor *waiter;
static stator_task_id waiter_id;

void button_pressed(void)
{
	edges++;
	if (waiter)
		stator_wake(waiter, waiter_id);
}

uint32_t stator_port_edges(void)
{
	return edges;
}

void stator_port_edge_waker(stator_executor *executor, stator_task_id waker)
{
	uint32_t state = core_mask();
	waiter_id = waker;
	waiter = waker < 0 ? 0 : executor;
	core_unmask(state);
}
