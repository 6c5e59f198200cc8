/*
 * uring-state.h: what the three files of the ring share (uring.h): uring.c opens, fills entries, sleeps and ends; uring-complete.c takes
 * what has completed; uring-operation.c begins operations, gives them up, and knows what each task has begun.
 */
#ifndef STATOR_URING_STATE_H
#define STATOR_URING_STATE_H

#include "uring.h"

/* user_data: an operation's number below, its generation above; or one of these. */
#define URING_TAG_WAKEUP (UINT64_C(1) << 63)
#define URING_TAG_CANCEL (UINT64_C(1) << 62)

enum { URING_PIECE_FIRST = 16, URING_PIECES = 24 };

typedef struct {
	uring_operation *first, *last;
} uring_queue;

typedef struct {
	struct io_uring kernel;
	const stator_executor *executor; /* whose it is; null: not open */
	bool watching;  /* the poll of the wakeup descriptor is armed */
	bool woken;     /* it has something to be read */
	uint32_t features;
	uint32_t limit, flight;
	uring_queue levels[URING_LEVELS];
	uring_queue cancels, starved;
	uring_slot *slots;
	uring_event *events; /* free */
	uint8_t supported[32]; /* one bit an opcode */
	/* Operations in pieces, each twice as long as the one before: what was given out stays where it is. */
	uring_operation *pieces[URING_PIECES];
	uint32_t count, room;
	uring_operation *freed, *freed_stored;
} uring_state_t;

extern uring_state_t uring;

/* uring-operation.c */
void uring_append(uring_queue *list, uring_operation *operation);
void uring_unlink(uring_queue *list, uring_operation *operation);
/* Into its task's level. */
void uring_enqueue(uring_operation *operation);
/* Out of its slot's list of begun operations. */
void uring_disown(uring_operation *operation);
/* Results that nobody takes: descriptors are closed, buffers given back. */
void uring_dispose_events(uring_operation *operation);
bool uring_give_up(uring_operation *operation);

/* uring-complete.c */
void uring_dispose(uint32_t marks, bool direct, int32_t result, uint32_t flags);
/* DONE: its task is woken. */
void uring_finish(uring_operation *operation, int32_t result, uint32_t flags);
/* Without the kernel. */
void uring_complete_early(uring_operation *operation, int32_t result);
/* Everything that has come, and no more: completions only set words and link lists. How many. */
uint32_t uring_reap(void);

/* uring.c */
/* Submits at once what was given up: most cancellations end in the call that asks for them. */
void uring_tell_kernel(void);

static inline uint64_t uring_name_of(const uring_operation *operation)
{
	return (uint64_t)(operation->generation & 0x3FFFFFFF) << 32 | operation->number;
}

#endif
