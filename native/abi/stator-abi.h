/*
 * stator-abi.h: what TypeScript, C and GDB agree on. The numbers here are the numbers of src/status.ts and
 * src/executor/task-id.ts; tests/native/abi.test.ts compares them.
 *
 * A waker is one 31-bit integer, the task id: the generation of a slot above the slot's index. How many bits the
 * index takes is chosen per platform when it is built (STATOR_SLOT_BITS), so that a board spends its bits on
 * generations and a host on slots.
 */
#ifndef STATOR_ABI_H
#define STATOR_ABI_H

#include <stdbool.h>
#include <stdint.h>

#if !defined STATOR_SLOT_BITS && __has_include("stator-slots.h")
#include "stator-slots.h" /* mcconfig defines no names: native/moddable has it in a file */
#endif
#ifndef STATOR_SLOT_BITS
#error "STATOR_SLOT_BITS comes from the platform's build (native/<platform>/platform.cmake)"
#endif

enum {
	STATOR_SLOT_MASK = (1 << STATOR_SLOT_BITS) - 1,
	STATOR_SLOTS_MAX = 1 << STATOR_SLOT_BITS,
	STATOR_GENERATION_MASK = (int)(0x7FFFFFFFu >> STATOR_SLOT_BITS),
	STATOR_LEVELS = 3, /* CPU priority levels of one executor, 0 is polled first */
};

/* What a poll function returns; any other value below zero is a status. */
enum {
	STATOR_READY = 0,
	STATOR_PENDING = 1,
	STATOR_YIELD = 3, /* PENDING, and the round wakes the task again; 2 is the outcome of a poll that threw */
};

typedef int32_t stator_task_id;

#endif
