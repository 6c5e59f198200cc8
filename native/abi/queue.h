/*
 * queue.h: messages in static C memory, pools of them, and queues, for tasks of every machine and for interrupt handlers.
 *
 * Model. A pool is so many messages of one size, made once; a free message is on its pool's list. A queue is a list head
 * without storage: messages are linked through themselves, so a message is in one place at a time: free, in somebody's hands,
 * or in one queue. Whoever takes a message out of a queue owns it, and gives it back or puts it on.
 * Pools and queues are found by name, so that machines, which share no object, and C share them.
 *
 * Every call is O(1) and masks interrupts for some twenty instructions: cores without exclusive access have no other way.
 * ISR-SAFE unless it says INIT.
 */
#ifndef STATOR_QUEUE_H
#define STATOR_QUEUE_H

#include "wait-list.h"

#include <stddef.h>

typedef struct stator_message_pool stator_message_pool;
typedef struct stator_queue stator_queue;

typedef struct stator_message {
	struct stator_message *next;
	stator_queue *queue;       /* the queue that it is in; null: none */
	stator_message_pool *pool; /* its own */
	uint16_t number;           /* in its pool */
	uint8_t generation;        /* counts its ways back: what was kept from before is a stranger */
	bool free;
	_Alignas(8) uint8_t data[];
} stator_message;

struct stator_message_pool {
	const char *name;
	stator_message_pool *next; /* all pools */
	stator_message *free;
	char *messages;
	uint32_t stride;
	uint16_t size, count;      /* bytes of a message; messages */
	uint16_t number;
};

/* Somebody who waits for a message. */
typedef struct stator_queue_wait {
	stator_waiter waiter;
	stator_queue *queue; /* at which it waited last */
} stator_queue_wait;

struct stator_queue {
	const char *name;
	stator_queue *next; /* all queues */
	stator_message *first, *last;
	stator_wait_list waiting;
	uint16_t number;
};

/* The pool or queue of that name; null: there is none. INIT */
stator_message_pool *stator_pool_find(const char *name);
stator_queue *stator_queue_find(const char *name);

/* Finds it or makes it. `keep` gives zeroed memory for good. -EEXIST: one of this name with another size or count; -ENOMEM. INIT */
int stator_pool_open(const char *name, uint32_t size, uint32_t count, void *(*keep)(size_t), stator_message_pool **pool);
int stator_queue_open(const char *name, void *(*keep)(size_t), stator_queue **queue);

/* A message of the pool, in the caller's hands; null: all are in use. */
stator_message *stator_pool_alloc(stator_message_pool *pool);

/* Back to its pool. -EINVAL: it is there already; -EBUSY: it is in a queue. */
int stator_message_free(stator_message *message);

/* Behind the last one, and the first who waits is woken. -EINVAL: the message is free; -EBUSY: it is in a queue. */
int stator_queue_put(stator_queue *queue, stator_message *message);

/* The first message, in the caller's hands; null: the queue is empty. */
stator_message *stator_queue_take(stator_queue *queue);

/* Waits behind the others, or renews its waker. Give the waker first, then look. */
void stator_queue_await(stator_queue *queue, stator_queue_wait *wait, stator_executor *executor, stator_task_id waker);

/* Waits no more. Who was woken and does not come hands the wake on. */
void stator_queue_leave(stator_queue *queue, stator_queue_wait *wait);

/* FreeRTOS has a header of this name. Where mcconfig lets files of the SDK find this one first, they get what they meant. */
#if defined __has_include_next
#if __has_include_next("queue.h")
#include_next "queue.h"
#endif
#endif

#endif
