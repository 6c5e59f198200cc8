/*
 * stator-memory.h for hosts: by how much a machine's heap grows, and what of it is given back to the kernel (memory.c). Called for
 * each machine, on its own thread.
 */
#ifndef STATOR_MEMORY_H
#define STATOR_MEMORY_H

#include <stdint.h>

struct sxMachine;
struct sxSlot;
struct stator_executor;

/* The machine will have so many tasks, whose frames are not made yet. INIT */
void stator_memory_tasks(struct sxMachine *the, uint32_t tasks);

/* In a collection: everything is marked. Slots will grow by a share of what there is. */
void stator_memory_marked(struct sxMachine *the);

/* In a collection that moves chunks: it is known how many bytes of them are left. Room for a share of that is made. */
void stator_memory_swept(struct sxMachine *the);

/* After the collection at the end of start-up: pages that hold nothing are given back. */
void stator_memory_rest(struct sxMachine *the);

/* Timers have fired: what the tasks that they woke touch first is brought near, where there are many (ahead.c). HOT */
void stator_memory_ahead(const struct stator_executor *executor, const struct sxSlot *polls);

#endif
