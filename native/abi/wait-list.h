/*
 * wait-list.h: who waits at a queue (queue.h) or a ring (ring.h), in the order in which they came. Whoever puts something there takes the
 * first out and wakes it, in whatever machine.
 *
 * A waiter is in one list at a time, or in none: nobody is before it then, and it is not the first. Zeroed memory is a list without
 * waiters, and a waiter in no list. Every call is O(1). ISR-SAFE
 */
#ifndef STATOR_WAIT_LIST_H
#define STATOR_WAIT_LIST_H

#include "executor.h"

typedef struct stator_waiter {
	struct stator_waiter *next, *previous;
	stator_executor *executor;
	stator_task_id waker;
} stator_waiter;

typedef struct {
	stator_waiter *first, *last;
} stator_wait_list;

/* Behind those who wait already; who does stays where it is. Masked. */
void stator_wait_list_add(stator_wait_list *list, stator_waiter *waiter);

/* Whether it was there. Masked. */
bool stator_wait_list_remove(stator_wait_list *list, stator_waiter *waiter);

/* Wakes the first who waits and is still there: the entry of a task that has ended would swallow the wake of the next. */
void stator_wait_list_wake_first(stator_wait_list *list);

#endif
