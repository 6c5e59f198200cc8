/*
 * masked-poll.h: how the round enters a poll. The linker decides: fxRunID itself, under another name, or, in a program one of whose
 * executors says "maskWhilePolling" (feature A10), masked-poll.c. So a program in which nobody masks pays nothing.
 */
#ifndef STATOR_MASKED_POLL_H
#define STATOR_MASKED_POLL_H

#include <stdbool.h>
#include <stdint.h>

struct sxMachine;
struct sxSlot;

/* One for each machine, by its number, in the levels.c of a program that has some. */
typedef struct {
	bool masks;     /* what its executor chose */
	bool polling;   /* masked by a poll that has not ended */
	uint32_t state; /* what stator_port_unlock wants back then */
} stator_poll_mask;

extern stator_poll_mask stator_poll_masks[];

/* As fxRunID. */
void stator_enter_poll(struct sxMachine *the, struct sxSlot *generator, int32_t count);

/* What was called has thrown, and did not return: unmasks. Null in a program that does not mask. */
__attribute__((weak)) void stator_leave_poll(struct sxMachine *the);

#endif
