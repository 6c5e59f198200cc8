/* Who waits at queues and rings (native/abi/wait-list.h). No engine, no platform. */
#include "wait-list.h"

#include "port.h"

static bool has(const stator_wait_list *list, const stator_waiter *waiter)
{
	return waiter->previous || list->first == waiter;
}

void stator_wait_list_add(stator_wait_list *list, stator_waiter *waiter)
{
	if (has(list, waiter))
		return;
	waiter->next = NULL;
	waiter->previous = list->last;
	if (waiter->previous)
		waiter->previous->next = waiter;
	else
		list->first = waiter;
	list->last = waiter;
}

bool stator_wait_list_remove(stator_wait_list *list, stator_waiter *waiter)
{
	if (!has(list, waiter))
		return false;
	if (waiter->previous)
		waiter->previous->next = waiter->next;
	else
		list->first = waiter->next;
	if (waiter->next)
		waiter->next->previous = waiter->previous;
	else
		list->last = waiter->previous;
	waiter->previous = NULL;
	return true;
}

void stator_wait_list_wake_first(stator_wait_list *list)
{
	for (;;) {
		uint32_t state = stator_port_lock();
		stator_waiter *waiter = list->first;
		stator_executor *executor = NULL;
		stator_task_id waker = -1;
		if (waiter) {
			executor = waiter->executor;
			waker = waiter->waker;
			stator_wait_list_remove(list, waiter);
		}
		stator_port_unlock(state);
		if (!executor || stator_wake(executor, waker))
			return;
	}
}
