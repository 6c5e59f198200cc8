/*
 * stator-memory.h where heaps grow by the engine's own fixed steps, which are small: on boards, where chunks and slots share the last
 * of the RAM, and in Moddable's builds, where the SDK decides.
 */
#ifndef STATOR_MEMORY_H
#define STATOR_MEMORY_H

#include <stdint.h>

struct sxMachine;
struct sxSlot;
struct stator_executor;

static inline void stator_memory_tasks(struct sxMachine *the, uint32_t tasks)
{
	(void)the;
	(void)tasks;
}

static inline void stator_memory_marked(struct sxMachine *the)
{
	(void)the;
}

static inline void stator_memory_swept(struct sxMachine *the)
{
	(void)the;
}

static inline void stator_memory_rest(struct sxMachine *the)
{
	(void)the;
}

static inline void stator_memory_ahead(const struct stator_executor *executor, const struct sxSlot *polls)
{
	(void)executor;
	(void)polls;
}

#endif
