/* What there is of dispatch.h: tasks, dispatchers' queues, pieces of work. Made at start-up, and there for good. No engine. */
#include "dispatch-state.h"

#include <errno.h>
#include <string.h>

enum { PIECES = 20, FIRST_PIECE = 64 };

dispatch_queue *dispatch_queues[DISPATCH_QUEUES];
uint32_t dispatch_queue_count;
uint32_t dispatch_slots_of[DISPATCH_TASKS];
static char names[DISPATCH_TASKS][DISPATCH_NAME];
static uint32_t task_count;
static work *pieces[PIECES]; /* each twice as long as the one before */
static uint32_t work_count;

int dispatch_task(uint32_t executor, const char *name, uint32_t slots)
{
	int number = -ENOSPC;
	linux_mutex_lock(&dispatch_lock);
	seat *seat = dispatch_seats[executor];
	if (!seat)
		number = -ESRCH;
	else if (seat->tasks < task_count)
		number = strncmp(names[seat->tasks], name, DISPATCH_NAME - 1) || dispatch_slots_of[seat->tasks] != slots ? -EINVAL : (int)seat->tasks++;
	else if (executor)
		number = -EINVAL;
	else if (task_count < DISPATCH_TASKS) {
		strncpy(names[task_count], name, DISPATCH_NAME - 1);
		dispatch_slots_of[task_count] = slots;
		number = (int)task_count++;
		seat->tasks++;
	}
	linux_mutex_unlock(&dispatch_lock);
	return number;
}

/* A place for one more. Locked. */
static work *new_work(void *(*keep)(size_t))
{
	uint32_t place = work_count / FIRST_PIECE + 1, piece = 31 - (uint32_t)__builtin_clz(place);
	if (piece >= PIECES)
		return NULL;
	if (!pieces[piece]) {
		work *memory = keep((FIRST_PIECE << piece) * sizeof *memory);
		if (!memory)
			return NULL;
		__atomic_store_n(&pieces[piece], memory, __ATOMIC_RELEASE);
	}
	work *made = pieces[piece] + (work_count - FIRST_PIECE * ((1u << piece) - 1));
	made->number = work_count;
	made->runs_as = -1;
	__atomic_store_n(&work_count, work_count + 1, __ATOMIC_RELEASE);
	return made;
}

work *dispatch_find(uint32_t number)
{
	if (number >= __atomic_load_n(&work_count, __ATOMIC_ACQUIRE))
		return NULL;
	uint32_t piece = 31 - (uint32_t)__builtin_clz(number / FIRST_PIECE + 1);
	return __atomic_load_n(&pieces[piece], __ATOMIC_ACQUIRE) + (number - FIRST_PIECE * ((1u << piece) - 1));
}

int dispatch_queue_new(uint32_t executor, uint32_t capacity, void *(*keep)(size_t))
{
	int number = -ENOSPC;
	linux_mutex_lock(&dispatch_lock);
	seat *seat = dispatch_seats[executor];
	if (!seat)
		number = -ESRCH;
	else if (seat->queues < dispatch_queue_count)
		number = dispatch_queues[seat->queues]->capacity == capacity ? (int)seat->queues++ : -EINVAL;
	else if (executor)
		number = -EINVAL;
	else if (dispatch_queue_count < DISPATCH_QUEUES) {
		dispatch_queue *queue = keep(sizeof *queue);
		number = queue ? (int)dispatch_queue_count : -ENOMEM;
		for (uint32_t i = 0; i < capacity && number >= 0; i++) {
			work *made = new_work(keep);
			if (!made) {
				number = -ENOMEM;
				break;
			}
			made->pooled = true;
			made->state = WORK_FREE;
			made->next = queue->free;
			queue->free = made;
		}
		if (number >= 0) {
			queue->capacity = capacity;
			dispatch_queues[dispatch_queue_count++] = queue;
			seat->queues++;
		}
	}
	linux_mutex_unlock(&dispatch_lock);
	return number;
}

int dispatch_work(uint32_t owner, uint32_t task, uint32_t bytes, uint32_t tag, void *(*keep)(size_t))
{
	int number = -ENOMEM;
	linux_mutex_lock(&dispatch_lock);
	uint8_t *memory = bytes ? keep(bytes) : NULL;
	work *made = bytes && !memory ? NULL : new_work(keep);
	if (made) {
		made->owner = (uint16_t)owner;
		made->task = (uint8_t)task;
		made->bytes = memory;
		made->byte_count = bytes;
		made->tag = tag;
		number = (int)made->number;
	}
	linux_mutex_unlock(&dispatch_lock);
	return number;
}

int dispatch_alloc(uint32_t number, uint32_t owner, uint32_t task)
{
	linux_mutex_lock(&dispatch_lock);
	dispatch_queue *queue = dispatch_queues[number];
	work *taken = queue->closed ? NULL : queue->free;
	int result = queue->closed ? -ECANCELED : -ENOBUFS;
	if (taken) {
		queue->free = taken->next;
		taken->owner = (uint16_t)owner;
		taken->task = (uint8_t)task;
		taken->state = WORK_IDLE;
		result = (int)taken->number;
	}
	linux_mutex_unlock(&dispatch_lock);
	return result;
}
