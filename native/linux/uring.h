/*
 * uring.h: the io_uring of an executor and the operations that go through it. Knows liburing and the ready set, not the engine.
 *
 * Each executor has everything of its own, made on its thread: a ring, operations, buffers, descriptors' places. Or, where the program asks
 * for a completion thread (io-settings.h), all of that but the ring, which all executors share: uring-shared.c.
 *
 * An operation is made at start-up, begun, and used again; it is what the kernel's user_data names. Its states:
 *
 *            1 begin             2 poll              3 flush               4 complete              5 take
 *   IDLE ----------> STARTED ----------> QUEUED ------------> FLIGHT ----------------> DONE ----------------> IDLE
 *                       |                   |                    |                       |
 *                       | 6 drop            | 6 drop             | 6 drop                | 6 drop: what it made (a descriptor,
 *                       v                   v                    v                       v         a buffer) is given back
 *                      IDLE                IDLE              CANCELLING --- 4 complete -> IDLE
 *                                                               | 1, 2: begun again while the kernel still has it
 *                                                               +--> waits; QUEUED after 4
 *
 * 1 uring_begin, then the fields of `sqe`   2 uring_poll   3 flush (uring.c)   4 uring_complete   5 uring_take   6 uring_drop
 *
 * - Entries of the submission queue are filled when the queue is flushed (before a round and before sleep), not when an operation is
 *   begun: level 0 first, then 1, then 2, first come, first served in each. When no entry is free, or as many are in flight as the
 *   completion queue has room for, an operation stays QUEUED and its task waits (M11).
 * - user_data is the operation's number and the generation of its flight: what completes late finds no operation any more.
 * - What is dropped in flight is cancelled at once. Most end in that very call. Those that the kernel cannot take back (a read of a
 *   file that a device is at) stay CANCELLING, and so do their memory and their task's slot: uring_end says how many there are.
 * - A stream of completions (MULTI: accept, receive) stays in FLIGHT; its results lie in a queue of events.
 *
 * Task context, on the executor's thread. Nothing here allocates but uring_open, uring_operation_new and the buffers' functions.
 */
#ifndef STATOR_URING_H
#define STATOR_URING_H

#include "executor.h"

#include <liburing.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/stat.h>

enum {
	URING_IDLE,
	URING_STARTED,
	URING_QUEUED,
	URING_FLIGHT,
	URING_CANCELLING,
	URING_DONE,
	URING_FREE, /* given back: the number is nobody's */
};

/* Marks of an operation. */
enum {
	URING_MULTI = 1 << 0,    /* one submission, many completions */
	URING_MAKES_FD = 1 << 1, /* its result is a descriptor */
	URING_PROVIDED = 1 << 2, /* the kernel (or uring.c for it) chooses the buffer */
	URING_STATUS = 1 << 3,   /* an IoStatus: it is reported to suspendUntilCompletedIo */
	URING_AGAIN = 1 << 4,    /* begun again while CANCELLING */
	URING_POLLED = 1 << 5,   /* … and polled since: to be queued when it is reaped */
	URING_STARVED = 1 << 6,  /* waits for a provided buffer */
	URING_CLOSES = 1 << 7,   /* given up it is done all the same: a descriptor must not leak */
	URING_WHOLE = 1 << 8,    /* a send that is to move everything: uring_goes_on */
	URING_WAITS = 1 << 9,    /* nothing is there for it, as a rule: it may be submitted by the call that sleeps */
};

enum { URING_LEVELS = 3, URING_NORMAL = 1, URING_VECTORS = 8, URING_PATH_BYTES = 4096 };

/* A descriptor as TypeScript has it: a file descriptor, or a place in the ring's own table and the number of that ring (uring-state.h). */
enum { URING_DIRECT = 1 << 30, URING_PLACE_MASK = (1 << 20) - 1 };

static inline bool uring_is_direct(int32_t file)
{
	return file >= 0 && file & URING_DIRECT;
}

/* What an operation needs beside its entry; made with it where it is needed. */
typedef struct {
	struct open_how how;
	struct statx stat;
	struct sockaddr_storage address; /* to the kernel */
	struct sockaddr_storage peer;    /* from the kernel */
	struct msghdr message;
	struct iovec vectors[URING_VECTORS];
	struct __kernel_timespec time;
	char paths[2][URING_PATH_BYTES];
} uring_storage;

typedef struct uring_event {
	struct uring_event *next;
	int32_t result;
	uint32_t flags;
} uring_event;

typedef struct uring_operation {
	struct io_uring_sqe sqe;
	struct uring_operation *next, *previous;             /* in a level's queue, among the starved, or free */
	struct uring_operation *owner_next, *owner_previous; /* in its slot's list: begun, or completed */
	struct uring_event *first, *last;                    /* MULTI: results that nobody has taken */
	uring_storage *storage;
	stator_executor *executor;
	stator_task_id owner; /* who is woken; -1: nobody */
	uint32_t number, generation;
	int32_t result;
	uint32_t flags; /* of the completion */
	uint16_t marks, flight_marks; /* of what was begun last, of what the kernel has */
	uint8_t state, level;
	bool listed; /* in its slot's list */
	bool flight_direct;
	bool cancelled; /* the kernel is to be asked, or has been, to end it early */
	bool decided;   /* begun with its result: the kernel is not asked */
	int32_t early;  /* that result */
	int32_t moved;  /* URING_WHOLE: before what the kernel has now */
	int32_t whole;  /* URING_WHOLE: what is to be moved in all */
	int32_t chosen; /* the provided buffer that uring.c chose; -1: the kernel does */
} uring_operation;

/* What the ring knows of a task slot. */
typedef struct {
	uring_operation *begun;            /* QUEUED, FLIGHT, CANCELLING */
	uring_operation *completed, *last; /* DONE, of IoStatus */
	uint32_t count;                   /* how many are begun */
	int32_t held;                     /* the outcome of a task that waits for its operations to be reaped */
	uint8_t level;                    /* I/O priority + 1; 0: normal */
} uring_slot;

/* What the kernel can do; found by asking it. */
enum {
	URING_HAS_DEFER = 1 << 0,
	URING_HAS_COOP = 1 << 1,
	URING_HAS_DIRECT = 1 << 2,     /* direct descriptors at places that the kernel chooses */
	URING_HAS_BUFFERS = 1 << 3,    /* registered buffers, one by one */
	URING_HAS_PROVIDED = 1 << 4,   /* a ring of provided buffers */
	URING_HAS_ACCEPTS = 1 << 5,    /* multishot accept */
	URING_HAS_RECEIVES = 1 << 6,   /* multishot receive */
	URING_HAS_BIND = 1 << 7,       /* bind and listen as operations */
	URING_HAS_SOCKET = 1 << 8,
	URING_HAS_MESSAGES = 1 << 9,   /* from ring to ring: a thread that sleeps in its own is woken by one */
	URING_HAS_ALL = (1 << 10) - 1,
};

/*
 * What tests put between the ring and the kernel; weak, null in programs. Gets a value and returns the one that counts:
 *   FEATURES  the features that were found
 *   LIMIT     how many may be in flight
 *   ENTRY     1: an entry is free; 0 makes the queue full
 *   BEGIN     0, and the operation's entry, to be changed as one likes; a negative status completes it without the kernel
 *   SUBMIT    0; a negative status in place of the system call
 *   RESULT    what an operation completes with
 *   HOLD      what it completes with; 1: not now, the hook calls uring_complete later
 *   INBOX     for how many completions an inbox has room, a power of two (uring-shared.c)
 */
enum {
	URING_FAULT_FEATURES,
	URING_FAULT_LIMIT,
	URING_FAULT_ENTRY,
	URING_FAULT_BEGIN,
	URING_FAULT_SUBMIT,
	URING_FAULT_RESULT,
	URING_FAULT_HOLD,
	URING_FAULT_INBOX,
};
__attribute__((weak)) int32_t uring_fault(int where, uring_operation *operation, int32_t value);
void uring_complete(uring_operation *operation, int32_t result, uint32_t flags);

/* ---- the ring ---- */

/* Makes the ring of the executor that runs here, or finds it. 0, or a negative status: -ENOSYS: the settings say none; others from the
   kernel. INIT */
int uring_open(stator_executor *executor);

/* What a pure-compute executor has: memory for buffers, and no ring. False: no memory. INIT */
bool uring_open_none(void);

/* What was found; 0 before uring_open. */
uint32_t uring_features(void);

/* How many operations the kernel has. */
uint32_t uring_in_flight(void);

/* One of them was tried and is not there. */
void uring_lacks(uint32_t feature);

/* Flushes, submits, reaps; what linux_io_turn does. An open ring's. */
void uring_turn(void);

/* ---- operations ---- */

/* Null: no memory. `stored`: with storage. INIT */
uring_operation *uring_operation_new(bool stored);
/* Gives it back; it is dropped first. -EBUSY: the kernel still has it, try later. */
int uring_operation_delete(uring_operation *operation);
/* By its number; null: there is none. */
uring_operation *uring_operation_find(uint32_t number);

/* Begins: the caller fills `sqe`, which comes zeroed, and `storage`. What was begun before is dropped. */
struct io_uring_sqe *uring_begin(uring_operation *operation, uint32_t marks);
/* … or has done it by itself already: the operation completes with this when it is polled. */
void uring_done(uring_operation *operation, int32_t result);

/* STATOR_PENDING, and `waker` will be woken; or STATOR_READY: uring_take. */
int uring_poll(uring_operation *operation, stator_executor *executor, stator_task_id waker);
/* Queues it for the task `owner`, at once: an IoStatus. */
void uring_initiate(uring_operation *operation, stator_executor *executor, stator_task_id owner);
/* The result, once; of a stream the next, with its flags in `flags`. */
int32_t uring_take(uring_operation *operation);
/* Of URING_WHOLE, with what uring_take gave: true: that was short, and the rest is begun; else `*result` is that of all. */
bool uring_goes_on(uring_operation *operation, int32_t *result);
/* Gives up. Any state, any number of times. */
void uring_drop(uring_operation *operation);
/* Asks the kernel to end it early; it completes as usual, with -ECANCELED as a rule. */
void uring_cancel(uring_operation *operation);
/* STATOR_PENDING while it is under way, else what it ended with. */
int32_t uring_state(const uring_operation *operation);

/* ---- tasks ---- */

/* The next completed IoStatus of a task: its number; -1: none has completed yet; -2: none is in flight either. */
int32_t uring_completed(const stator_executor *executor, stator_task_id task);
/* A task has ended: drops what it has begun. How many operations the kernel still has; the task's id is woken for each. */
uint32_t uring_end(stator_executor *executor, stator_task_id task);
uring_slot *uring_slot_of(stator_task_id task);

/* ---- descriptors ---- */

/* Puts a descriptor into the entry. */
static inline void uring_set_file(struct io_uring_sqe *sqe, int32_t file)
{
	if (uring_is_direct(file)) {
		sqe->fd = file & URING_PLACE_MASK;
		sqe->flags |= IOSQE_FIXED_FILE;
	} else
		sqe->fd = file;
}

/* Closes at once. Not what is in another executor's table. */
void uring_close_file(int32_t file);

/* ---- buffers (uring-buffers.c) ---- */

/* Memory for good, in whole pieces of a page, registered where that is possible. Null: ioBufferBytes is used up. INIT */
char *uring_memory(size_t size);
/* The number under which memory is registered; -1: it is not. */
int32_t uring_registered(const void *address);
/* Whether memory is the ring's: it never moves. */
bool uring_owns(const void *address, size_t size);

/* Makes the provided buffers; 0 or a negative status. INIT */
int uring_provide(void);
char *uring_provided(uint32_t index);
/* How many are free: with the kernel, or ours to choose. */
uint32_t uring_provided_free(void);
/* Gives one back. False: it was not out. */
bool uring_provided_release(uint32_t index);

/* The number under which the kernel knows this executor's. */
uint16_t uring_provided_group(void);

/* Between uring.c and uring-buffers.c. */
void uring_buffers_open(uint32_t features);
void uring_buffers_close(void);
/* Chooses a buffer for an entry, where the kernel does not. False: none is free. */
bool uring_provided_choose(struct io_uring_sqe *sqe, uint32_t *chosen);
/* A completion has taken one. */
void uring_provided_taken(uint32_t index);
/* A buffer is free again: what starved goes on. */
void uring_feed(void);

#endif
