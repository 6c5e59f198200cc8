/*
 * uring-state.h: what the files of the ring share (uring.h): uring.c opens, fills entries, sleeps and ends; uring-complete.c takes
 * what has completed; uring-operation.c begins operations, gives them up, and knows what each task has begun; uring-buffers.c has the
 * memory; uring-shared.c is the one ring of all executors, with its completion thread, where the program asks for that.
 *
 * Everything here is one executor's, and is touched by its thread alone: its operations, queues, slots and buffers. Of the two forms the
 * kernel's half differs: a ring of its own, whose completions it takes itself; or the shared one, which it submits to under a lock, and
 * an inbox into which the completion thread puts what has completed.
 */
#ifndef STATOR_URING_STATE_H
#define STATOR_URING_STATE_H

#include "uring.h"

/*
 * user_data: an operation's number below, its generation above; or one of these. In the shared ring the number's top bits say whose it is.
 * A message that wakes comes as a completion that nobody looks for (CANCEL); one that could not be sent has both bits, and below them the
 * descriptor by which the sleeper is woken instead.
 */
#define URING_TAG_WAKEUP (UINT64_C(1) << 63)
#define URING_TAG_CANCEL (UINT64_C(1) << 62)
#define URING_TAG_MESSAGE (URING_TAG_WAKEUP | URING_TAG_CANCEL)

enum { URING_PIECE_FIRST = 16, URING_PIECES = 24 };

/* A direct descriptor's place in its ring's table, and whose ring that is: a number that came from another executor is refused. */
enum { URING_PLACE_BITS = 20, URING_OWNER_BITS = 6, URING_OWNER_SHIFT = 26 };

typedef struct {
	uring_operation *first, *last;
} uring_queue;

typedef struct {
	uint64_t name;
	int32_t result;
	uint32_t flags;
} uring_completion;

/* What the completion thread has for an executor. A ring: `tail` is written by who delivers, `head` by the executor. */
typedef struct {
	stator_executor *executor;
	uring_completion *all;
	uint32_t mask;
	uint32_t head, tail; /* atomic */
	bool closed;         /* atomic */
} uring_inbox;

/* Memory that the kernel may read from and write to (uring-buffers.c). */
typedef struct {
	char *begin, *next, *end; /* of the range; `next`: what is free */
	char *piece_end;          /* up to here it is a piece's already */
	int16_t *registered;      /* of each piece */
	uint32_t count;           /* of what is registered */
	bool registers;
	/* Provided buffers. */
	char *provided;
	uint8_t *out;             /* of each: 1: it is with the program */
	uint16_t *free;           /* where the kernel has no ring for them */
	struct io_uring_buf_ring *kernel;
	uint32_t free_count;
	bool made;
} uring_memory_t;

typedef struct {
	struct io_uring *kernel;  /* `own`, or the shared one */
	struct io_uring own;
	uring_inbox *inbox;       /* null: its own ring */
	const stator_executor *executor; /* whose it is; null: not open */
	uint32_t number;          /* among the program's */
	uint32_t tag;             /* of its operations in the shared ring */
	bool unsubmitted;         /* entries are in the shared ring that the kernel has not taken */
	bool pressing;  /* something is queued that is no URING_WAITS */
	bool postponed; /* what is queued was left to the sleep once */
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
	uring_memory_t memory;
} uring_state_t;

/* Of the executor that this thread runs; until it opens one, an empty one that nobody writes to. */
extern __thread uring_state_t *uring;

/* uring_operation_find: HOT, each native function of an operation begins with it. */
static inline uring_operation *uring_named(uint32_t number)
{
	if (number >= uring->count)
		return NULL;
	uint32_t piece = 31 - (uint32_t)__builtin_clz(number / URING_PIECE_FIRST + 1);
	uring_operation *operation = uring->pieces[piece] + (number - ((URING_PIECE_FIRST << piece) - URING_PIECE_FIRST));
	return operation->state == URING_FREE ? NULL : operation;
}

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

/* uring-shared.c */
/* The executor's ring is the shared one from now on; who comes first has it made by `make`. 0, or a negative status. */
int uring_shared_join(int (*make)(void));
/* Its last executor ends the completion thread and the ring. */
void uring_shared_leave(void);
void uring_shared_lock(void);
void uring_shared_unlock(void);
/* Takes what the kernel has completed and gives it to the executors that asked. Any thread. */
void uring_shared_deliver(void);
/* Takes what is in this executor's inbox: how many. */
uint32_t uring_shared_reap(void);
/* The next number of a registered buffer. */
uint32_t uring_shared_buffer(void);

/* uring-complete.c */
void uring_take_completion(uint64_t name, int32_t result, uint32_t flags);

/* uring.c */
/* Submits at once what was given up: most cancellations end in the call that asks for them. */
void uring_tell_kernel(void);

static inline int32_t uring_direct(int32_t place)
{
	return place | (int32_t)(uring->number << URING_PLACE_BITS) | URING_DIRECT;
}

/* A direct descriptor of another executor's. */
static inline bool uring_is_foreign(int32_t file)
{
	return (uint32_t)(file & ~URING_DIRECT) >> URING_PLACE_BITS != uring->number;
}

static inline uint64_t uring_name_of(const uring_operation *operation)
{
	return (uint64_t)(operation->generation & 0x3FFFFFFF) << 32 | operation->number;
}

#endif
