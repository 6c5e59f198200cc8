/* A queue of dispatch.h: lists without storage, one for each priority and each task. No engine. */
#include "dispatch-state.h"

void dispatch_put(dispatch_queue *queue, work *work, bool front)
{
	work_list *to = &queue->lists[work->priority][work->task];
	work->queue = queue;
	work->previous = front ? NULL : to->last;
	work->next = front ? to->first : NULL;
	if (work->next)
		work->next->previous = work;
	else
		to->last = work;
	if (work->previous)
		work->previous->next = work;
	else
		to->first = work;
	queue->some[work->priority] |= (uint64_t)1 << work->task;
}

void dispatch_take_out(work *work)
{
	dispatch_queue *queue = work->queue;
	work_list *from = &queue->lists[work->priority][work->task];
	if (work->next)
		work->next->previous = work->previous;
	else
		from->last = work->previous;
	if (work->previous)
		work->previous->next = work->next;
	else
		from->first = work->next;
	if (!from->first)
		queue->some[work->priority] &= ~((uint64_t)1 << work->task);
}

work *dispatch_first_of(const dispatch_queue *queue, uint64_t full)
{
	for (uint32_t priority = 0; priority < PRIORITIES; priority++) {
		work *best = NULL;
		for (uint64_t bits = queue->some[priority] & ~full; bits; bits &= bits - 1) {
			work *first = queue->lists[priority][__builtin_ctzll(bits)].first;
			if (!best || (int32_t)(first->sequence - best->sequence) < 0)
				best = first;
		}
		if (best)
			return best;
	}
	return NULL;
}
