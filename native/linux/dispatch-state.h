/*
 * dispatch-state.h: what the parts of dispatch.h share: executors' seats, dispatchers' queues, and the one lock. dispatch-made.c makes tasks, queues
 * and pieces of work, at start-up; dispatch-queue.c is a queue's lists; dispatch.c moves work, one step under the lock at a time.
 */
#ifndef STATOR_DISPATCH_STATE_H
#define STATOR_DISPATCH_STATE_H

#include "dispatch.h"
#include "hold.h"

#include <pthread.h>

enum { PRIORITIES = 3 };

typedef struct {
	work *first, *last;
} work_list;

/* A dispatcher's, or an inbox. */
typedef struct dispatch_queue {
	work_list lists[PRIORITIES][DISPATCH_TASKS];
	uint64_t some[PRIORITIES]; /* which of them are not empty */
	uint32_t sequence;
	uint32_t undone;           /* submitted, and not ended */
	uint32_t executors;        /* that take from it */
	bool closed;
	work *free;                /* its pool */
	uint32_t capacity;
} dispatch_queue;

typedef struct {
	dispatch_queue inbox;
	stator_executor *executor;
	dispatch_queue *queue;
	stator_task_id porter;     /* -1: it does not wait */
	bool open, quit, told;
	work *back, *back_last;
	work *asked;
	uint64_t full;             /* tasks without a free slot */
	uint32_t running[DISPATCH_TASKS];
	uint32_t tasks, queues;    /* named so far */
	uint64_t begun, ended, cycles;
} seat;

extern pthread_mutex_t dispatch_lock;
extern seat *dispatch_seats[DISPATCH_EXECUTORS];
extern dispatch_queue *dispatch_queues[DISPATCH_QUEUES];
extern uint32_t dispatch_queue_count;
extern uint32_t dispatch_slots_of[DISPATCH_TASKS]; /* how many of a task a machine runs at a time */

/* All of it locked. `full`: the tasks that are left out, whose slots are taken. */

void dispatch_put(dispatch_queue *queue, work *work, bool front);
void dispatch_take_out(work *work);

/* What comes first: of the highest priority, the one that was submitted before all others. Null: nothing that could begin. */
work *dispatch_first_of(const dispatch_queue *queue, uint64_t full);

static inline bool dispatch_has_work(const dispatch_queue *queue, uint64_t full)
{
	return ((queue->some[0] | queue->some[1] | queue->some[2]) & ~full) != 0;
}

#endif
