/*
 * ring.h: values in static C memory on their way to a task that waits for them, from tasks of every machine, from interrupt
 * handlers and, on a host, from other threads. One ring of items of one size has three faces:
 *
 *   signal    one item, the latest: a new one replaces what nobody has taken
 *   channel   so many items, first in, first out; a full one refuses, and counts what it refused
 *   pipe      bytes: what there is room for goes in, and what is there comes out
 *
 * Model. An item is a number or a record (src/actor/record.ts), copied in and copied out; nothing in C memory points to an object.
 * Rings are found by name, so that machines, which share no object, and C share them. Whoever waits is an entry in the
 * ring's list, in the order in which they came; a put takes the first one out and wakes it, in whatever machine. Its poll takes
 * the item, or waits again, behind the others, when somebody else was faster. In one turn a wait is given as many items as the ring holds:
 * what comes in meanwhile is for the task's next turn, so a storm does not keep the others from theirs.
 *
 * Every call is O(1) but for entries of tasks that are gone, which leave when they are met, and masks interrupts while it copies one item,
 * at most STATOR_ITEM_MAX bytes: some forty instructions. A pipe copies in pieces of as many: the bytes of one write stay in order,
 * and a more urgent writer may put its own between two pieces.
 * ISR-SAFE unless it says INIT.
 */
#ifndef STATOR_RING_H
#define STATOR_RING_H

#include "wait-list.h"

#include <stddef.h>

enum { STATOR_RING_SIGNAL, STATOR_RING_CHANNEL, STATOR_RING_PIPE };

/* Bytes of the largest item. What is larger goes by reference: a message in a queue (queue.h). */
enum { STATOR_ITEM_MAX = 32 };

typedef struct stator_ring stator_ring;

/* Somebody who waits, and the item that was taken out for it. */
typedef struct stator_ring_wait {
	stator_waiter waiter;
	stator_ring *ring; /* null: not started */
	uint8_t room;      /* bytes of the item */
	uint16_t streak;   /* items that it was given since its task last had to wait */
	_Alignas(8) uint8_t item[];
} stator_ring_wait;

struct stator_ring {
	const char *name;
	stator_ring *next; /* all rings */
	uint8_t *items;
	stator_wait_list waiting;
	uint32_t refused;            /* puts that found no room; of a pipe: writes that were cut short */
	uint16_t size, capacity;     /* bytes of an item; items */
	uint16_t head, length;       /* the oldest; how many */
	uint16_t number;
	uint8_t kind, format;        /* STATOR_RING_; what an item is, in TypeScript's words (ring-glue.c) */
};

/* The faces. */
typedef struct { stator_ring ring; } stator_signal;
typedef struct { stator_ring ring; } stator_channel;
typedef struct { stator_ring ring; } stator_pipe;

/* The one of that name; null: there is none of this kind. INIT */
stator_signal *stator_signal_find(const char *name);
stator_channel *stator_channel_find(const char *name);
stator_pipe *stator_pipe_find(const char *name);

/* The latest value from now on. Wakes the first who waits. */
void stator_signal_set(stator_signal *signal, const void *value);

/* Takes the value; false: nobody has set one since the last was taken. */
bool stator_signal_try_take(stator_signal *signal, void *value);

/* Forgets a value that nobody has taken. */
void stator_signal_reset(stator_signal *signal);

/* Behind the others, and the first who waits is woken. False: the channel is full, and counts it. */
bool stator_channel_try_send(stator_channel *channel, const void *item);

/* The oldest. False: the channel is empty. */
bool stator_channel_try_receive(stator_channel *channel, void *item);

/* How many bytes went in, or came out. A write that was cut short is counted. */
uint32_t stator_pipe_try_write(stator_pipe *pipe, const void *bytes, uint32_t count);
uint32_t stator_pipe_try_read(stator_pipe *pipe, void *bytes, uint32_t count);

/* What follows is for native/xs/ring-glue.c. */

/* Finds it or makes it. `keep` gives zeroed memory for good. -EEXIST: one of this name is something else; -ENOMEM. INIT */
int stator_ring_open(uint32_t kind, const char *name, uint32_t format, uint32_t size, uint32_t capacity, void *(*keep)(size_t), stator_ring **ring);

/* An item in, whatever the kind; an item out; no item any more. */
bool stator_ring_put(stator_ring *ring, const void *item);
bool stator_ring_get(stator_ring *ring, void *item);
void stator_ring_clear(stator_ring *ring);

/* Begins a wait at a ring, whose items have room in it. HOT */
void stator_ring_start(stator_ring_wait *wait, stator_ring *ring);

/* READY: an item is in `wait->item` (of a pipe: some bytes are there, to be read); else PENDING, and the task will be woken.
   Its executor's own context. HOT */
int stator_ring_poll(stator_ring_wait *wait, stator_executor *executor, stator_task_id waker);

/* Waits no more; any number of times. A wake that was meant for it, while something is there, goes to the next. */
void stator_ring_leave(stator_ring_wait *wait);

#endif
