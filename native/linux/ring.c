/* The ring and its operations (ring.h). */
#define _GNU_SOURCE
#include "ring.h"

#include "heap.h"
#include "io-hooks.h"
#include "io-settings.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* user_data: an operation's number below, its generation above; or one of these. */
#define TAG_WAKEUP (UINT64_C(1) << 63)
#define TAG_CANCEL (UINT64_C(1) << 62)

enum {
	EVENTS = 8192,
	COMPLETIONS = 16, /* entries of the completion queue for each of the submission queue */
	PIECE_FIRST = 16,
	PIECES = 24,
	CLOSE_MS = 1000,
	PAUSE_NS = 1000000,
};

typedef struct {
	ring_operation *first, *last;
} queue;

static struct {
	struct io_uring kernel;
	bool open;
	bool watching;  /* the poll of the wakeup descriptor is armed */
	bool woken;     /* it has something to be read */
	uint32_t features;
	uint32_t limit, flight;
	queue levels[RING_LEVELS];
	queue cancels, starved;
	ring_slot *slots;
	ring_event *events; /* free */
	uint8_t supported[32]; /* one bit an opcode */
	/* Operations in pieces, each twice as long as the one before: what was given out stays where it is. */
	ring_operation *pieces[PIECES];
	uint32_t count, room;
	ring_operation *freed, *freed_stored;
} ring;

struct io_uring *ring_kernel(void)
{
	return &ring.kernel;
}

uint32_t ring_features(void)
{
	return ring.features;
}

uint32_t ring_in_flight(void)
{
	return ring.flight;
}

void ring_lacks(uint32_t feature)
{
	ring.features &= ~feature;
}

static bool supports(uint32_t opcode)
{
	return ring.supported[opcode / 8] >> opcode % 8 & 1;
}

/* ---- lists ---- */

static void append(queue *list, ring_operation *operation)
{
	operation->next = NULL;
	operation->previous = list->last;
	if (list->last)
		list->last->next = operation;
	else
		list->first = operation;
	list->last = operation;
}

static void unlink_from(queue *list, ring_operation *operation)
{
	if (operation->previous)
		operation->previous->next = operation->next;
	else
		list->first = operation->next;
	if (operation->next)
		operation->next->previous = operation->previous;
	else
		list->last = operation->previous;
	operation->next = operation->previous = NULL;
}

ring_slot *ring_slot_of(stator_task_id task)
{
	return ring.slots + (task & STATOR_SLOT_MASK);
}

/* Out of its slot's list of begun operations. */
static void disown(ring_operation *operation)
{
	if (!operation->listed)
		return;
	ring_slot *slot = ring_slot_of(operation->owner);
	if (operation->owner_previous)
		operation->owner_previous->owner_next = operation->owner_next;
	else
		slot->begun = operation->owner_next;
	if (operation->owner_next)
		operation->owner_next->owner_previous = operation->owner_previous;
	operation->listed = false;
	slot->count--;
}

static void own(ring_operation *operation, stator_executor *executor, stator_task_id task)
{
	if (operation->listed && operation->owner == task)
		return;
	disown(operation);
	operation->owner = task;
	operation->executor = executor;
	if (task < 0 || operation->marks & RING_MULTI)
		return;
	ring_slot *slot = ring_slot_of(task);
	operation->owner_previous = NULL;
	operation->owner_next = slot->begun;
	if (slot->begun)
		slot->begun->owner_previous = operation;
	slot->begun = operation;
	operation->listed = true;
	slot->count++;
}

static void wake(ring_operation *operation)
{
	if (operation->owner >= 0)
		stator_ready_wake(&operation->executor->ready, operation->owner);
}

/* ---- opening ---- */

static int set_up(unsigned entries)
{
	/* The newest first; a kernel that does not know a flag answers EINVAL. */
	static const struct {
		unsigned flags;
		uint32_t features;
	} ways[] = {
		{ IORING_SETUP_SUBMIT_ALL | IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_TASKRUN_FLAG, RING_HAS_DEFER },
		{ IORING_SETUP_SUBMIT_ALL | IORING_SETUP_COOP_TASKRUN | IORING_SETUP_TASKRUN_FLAG, RING_HAS_COOP },
		{ 0, 0 },
	};
	uint32_t allowed = ring_fault ? (uint32_t)ring_fault(RING_FAULT_FEATURES, NULL, RING_HAS_ALL) : RING_HAS_ALL;
	int status = -EINVAL;
	for (size_t i = 0; status && i < sizeof ways / sizeof *ways; i++) {
		if (ways[i].features & ~allowed)
			continue;
		struct io_uring_params parameters = { .flags = ways[i].flags | IORING_SETUP_CLAMP | IORING_SETUP_CQSIZE, .cq_entries = entries * COMPLETIONS };
		status = io_uring_queue_init_params(entries, &ring.kernel, &parameters);
		if (status && status != -EINVAL)
			return status;
		ring.features = ways[i].features;
		ring.limit = parameters.cq_entries;
	}
	if (ring_fault)
		ring.limit = (uint32_t)ring_fault(RING_FAULT_LIMIT, NULL, (int32_t)ring.limit);
	return status;
}

static void find_features(void)
{
	struct io_uring_probe *probe = io_uring_get_probe_ring(&ring.kernel);
	for (uint32_t opcode = 0; probe && opcode < 256; opcode++)
		if (io_uring_opcode_supported(probe, (int)opcode))
			ring.supported[opcode / 8] |= (uint8_t)(1 << opcode % 8);
	io_uring_free_probe(probe);
	enum { OP_BIND = 56, OP_LISTEN = 57 }; /* not in liburing 2.3 */
	uint32_t found = ring.features;
	if (supports(IORING_OP_SOCKET)) /* came with multishot accept, in 5.19 */
		found |= RING_HAS_SOCKET | RING_HAS_ACCEPTS;
	if (supports(IORING_OP_SEND_ZC)) /* came with multishot receive, in 6.0 */
		found |= RING_HAS_RECEIVES;
	if (supports(OP_BIND) && supports(OP_LISTEN))
		found |= RING_HAS_BIND;
	if (stator_io_settings.files && !io_uring_register_files_sparse(&ring.kernel, stator_io_settings.files))
		found |= RING_HAS_DIRECT;
	ring.features = found | RING_HAS_BUFFERS | RING_HAS_PROVIDED; /* these two show when they are tried */
	if (ring_fault)
		ring.features = (uint32_t)ring_fault(RING_FAULT_FEATURES, NULL, (int32_t)ring.features);
}

int ring_open(stator_executor *executor)
{
	if (ring.open)
		return executor == NULL ? -EINVAL : 0;
	if (!stator_io_settings.entries)
		return -ENOSYS;
	ring_event *events = stator_heap_keep(EVENTS * sizeof *events);
	void *slots = mmap(NULL, STATOR_SLOTS_MAX * sizeof(ring_slot), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (!events || slots == MAP_FAILED)
		return -ENOMEM;
	int status = set_up(stator_io_settings.entries);
	if (status)
		return status;
	ring.slots = slots;
	for (uint32_t i = 0; i < EVENTS; i++) {
		events[i].next = ring.events;
		ring.events = events + i;
	}
	find_features();
	ring_buffers_open(ring.features);
	ring.open = true;
	return 0;
}

/* ---- operations ---- */

static ring_operation *take_freed(ring_operation **list)
{
	ring_operation *operation = *list;
	if (operation) {
		*list = operation->next;
		operation->next = NULL;
	}
	return operation;
}

ring_operation *ring_operation_new(bool stored)
{
	ring_operation *operation = take_freed(stored ? &ring.freed_stored : &ring.freed);
	if (!operation) {
		if (ring.count == ring.room) {
			uint32_t piece = 0;
			while (ring.pieces[piece])
				piece++;
			uint32_t more = PIECE_FIRST << piece;
			if (piece + 1 == PIECES || !(ring.pieces[piece] = stator_heap_keep(more * sizeof(ring_operation))))
				return NULL;
			ring.room += more;
		}
		ring_storage *storage = stored ? stator_heap_keep(sizeof *storage) : NULL;
		if (stored && !storage)
			return NULL;
		uint32_t number = ring.count++;
		uint32_t piece = 31 - (uint32_t)__builtin_clz(number / PIECE_FIRST + 1);
		operation = ring.pieces[piece] + (number - ((PIECE_FIRST << piece) - PIECE_FIRST));
		operation->number = number;
		operation->storage = storage;
	}
	operation->owner = -1;
	operation->state = RING_IDLE;
	operation->level = RING_NORMAL;
	operation->marks = 0;
	operation->result = 0;
	return operation;
}

ring_operation *ring_operation_find(uint32_t number)
{
	if (number >= ring.count)
		return NULL;
	uint32_t piece = 31 - (uint32_t)__builtin_clz(number / PIECE_FIRST + 1);
	ring_operation *operation = ring.pieces[piece] + (number - ((PIECE_FIRST << piece) - PIECE_FIRST));
	return operation->state == RING_FREE ? NULL : operation;
}

int ring_operation_delete(ring_operation *operation)
{
	ring_drop(operation);
	if (operation->state != RING_IDLE)
		return -EBUSY;
	ring_operation **list = operation->storage ? &ring.freed_stored : &ring.freed;
	operation->state = RING_FREE;
	operation->next = *list;
	*list = operation;
	return 0;
}

/* ---- completions ---- */

/* What nobody takes: a descriptor is closed, a buffer is given back. */
static void dispose(uint32_t marks, bool direct, int32_t result, uint32_t flags)
{
	if (flags & IORING_CQE_F_BUFFER)
		ring_provided_release(flags >> IORING_CQE_BUFFER_SHIFT);
	else if (marks & RING_MAKES_FD && result >= 0)
		ring_close_file(direct ? result | RING_DIRECT : result);
}

static void dispose_events(ring_operation *operation)
{
	for (ring_event *event; (event = operation->first);) {
		operation->first = event->next;
		dispose(operation->flight_marks, operation->flight_direct, event->result, event->flags);
		event->next = ring.events;
		ring.events = event;
	}
	operation->last = NULL;
}

static void enqueue(ring_operation *operation)
{
	operation->state = RING_QUEUED;
	const ring_slot *slot = operation->owner >= 0 ? ring_slot_of(operation->owner) : NULL;
	operation->level = slot && slot->level ? slot->level - 1 : RING_NORMAL;
	append(&ring.levels[operation->level], operation);
}

/* An operation that was given up is the kernel's no more. */
static void reaped(ring_operation *operation)
{
	if (operation->marks & RING_AGAIN) {
		uint32_t marks = operation->marks;
		operation->marks &= (uint16_t)~(RING_AGAIN | RING_POLLED);
		if (marks & RING_POLLED)
			enqueue(operation);
		else {
			disown(operation);
			operation->state = RING_STARTED;
		}
		return;
	}
	disown(operation);
	operation->state = RING_IDLE;
	wake(operation); /* its task may wait for nothing else any more */
}

static void finish(ring_operation *operation, int32_t result, uint32_t flags)
{
	disown(operation);
	operation->result = result;
	operation->flags = flags;
	operation->state = RING_DONE;
	if (operation->marks & RING_STATUS) {
		ring_slot *slot = ring_slot_of(operation->owner);
		operation->owner_next = NULL;
		operation->owner_previous = slot->last;
		if (slot->last)
			slot->last->owner_next = operation;
		else
			slot->completed = operation;
		slot->last = operation;
	}
	wake(operation);
}

static void complete_stream(ring_operation *operation, int32_t result, uint32_t flags)
{
	bool more = flags & IORING_CQE_F_MORE;
	if (operation->state == RING_CANCELLING) {
		dispose(operation->flight_marks, operation->flight_direct, result, flags);
		if (!more)
			reaped(operation);
		return;
	}
	if (!more)
		operation->state = RING_STARTED;
	if (result == -ENOBUFS && operation->marks & RING_PROVIDED) {
		operation->state = RING_QUEUED;
		operation->marks |= RING_STARVED;
		append(&ring.starved, operation);
		return;
	}
	ring_event *event = ring.events;
	if (!event) { /* more than anybody takes: no memory is made for it */
		dispose(operation->flight_marks, operation->flight_direct, result, flags);
		return;
	}
	ring.events = event->next;
	*event = (ring_event){ .result = result, .flags = flags };
	if (operation->last)
		operation->last->next = event;
	else
		operation->first = event;
	operation->last = event;
	wake(operation);
}

void ring_complete(ring_operation *operation, int32_t result, uint32_t flags)
{
	if (ring_fault)
		result = ring_fault(RING_FAULT_RESULT, operation, result);
	if (!(flags & IORING_CQE_F_MORE)) {
		ring.flight--;
		operation->generation++;
		if (operation->cancelled) {
			operation->cancelled = false;
			if (operation->next || operation->previous || ring.cancels.first == operation)
				unlink_from(&ring.cancels, operation);
		}
	}
	if (operation->chosen >= 0) {
		flags |= IORING_CQE_F_BUFFER | (uint32_t)operation->chosen << IORING_CQE_BUFFER_SHIFT;
		operation->chosen = -1;
	} else if (flags & IORING_CQE_F_BUFFER)
		ring_provided_taken(flags >> IORING_CQE_BUFFER_SHIFT);
	if (flags & IORING_CQE_F_BUFFER && result <= 0) { /* nothing is in it */
		ring_provided_release(flags >> IORING_CQE_BUFFER_SHIFT);
		flags = flags & ((1u << IORING_CQE_BUFFER_SHIFT) - 1) & ~(uint32_t)IORING_CQE_F_BUFFER;
	}
	if (operation->flight_marks & RING_MULTI) {
		complete_stream(operation, result, flags);
		return;
	}
	if (operation->state == RING_CANCELLING) {
		dispose(operation->flight_marks, operation->flight_direct, result, flags);
		reaped(operation);
	} else
		finish(operation, result, flags);
}

static uint64_t name_of(const ring_operation *operation)
{
	return (uint64_t)(operation->generation & 0x3FFFFFFF) << 32 | operation->number;
}

static void take_completion(const struct io_uring_cqe *cqe)
{
	if (cqe->user_data & TAG_CANCEL)
		return;
	if (cqe->user_data & TAG_WAKEUP) {
		ring.woken = true;
		if (!(cqe->flags & IORING_CQE_F_MORE))
			ring.watching = false;
		return;
	}
	ring_operation *operation = ring_operation_find((uint32_t)cqe->user_data);
	if (operation && name_of(operation) == cqe->user_data) /* else it came late */
		if (!ring_fault || !ring_fault(RING_FAULT_HOLD, operation, cqe->res))
			ring_complete(operation, cqe->res, cqe->flags);
}

/* Everything that has come, and no more: completions only set words and link lists. */
static uint32_t reap(void)
{
	struct io_uring_cqe *cqe;
	unsigned head;
	uint32_t count = 0;
	io_uring_for_each_cqe(&ring.kernel, head, cqe) {
		take_completion(cqe);
		count++;
	}
	if (count)
		io_uring_cq_advance(&ring.kernel, count);
	return count;
}

/* ---- submissions ---- */

static int submit(void)
{
	int status = ring_fault ? ring_fault(RING_FAULT_SUBMIT, NULL, 0) : 0;
	/* With DEFER_TASKRUN nothing completes unless it is asked for. */
	return status ? status : io_uring_submit_and_get_events(&ring.kernel);
}

static struct io_uring_sqe *entry(void)
{
	if (ring_fault && !ring_fault(RING_FAULT_ENTRY, NULL, 1))
		return NULL;
	struct io_uring_sqe *sqe = io_uring_get_sqe(&ring.kernel);
	if (!sqe) { /* the kernel takes all of them, unless completions have piled up */
		submit();
		sqe = io_uring_get_sqe(&ring.kernel);
	}
	return sqe;
}

/* Without the kernel. */
static void complete_early(ring_operation *operation, int32_t result)
{
	ring.flight++;
	operation->state = RING_FLIGHT;
	operation->flight_marks = operation->marks;
	operation->flight_direct = operation->sqe.file_index != 0;
	operation->chosen = -1;
	ring_complete(operation, result, 0);
}

static void launch(ring_operation *operation, struct io_uring_sqe *sqe)
{
	*sqe = operation->sqe;
	sqe->user_data = name_of(operation);
	operation->state = RING_FLIGHT;
	operation->flight_marks = operation->marks;
	operation->flight_direct = operation->marks & RING_MAKES_FD && operation->sqe.file_index != 0;
	operation->chosen = -1;
	ring.flight++;
}

/* Fills entries from the queues. What finds none stays. */
static void flush(void)
{
	struct io_uring_sqe *sqe;
	while (ring.cancels.first && (sqe = entry())) {
		ring_operation *operation = ring.cancels.first;
		unlink_from(&ring.cancels, operation);
		io_uring_prep_cancel64(sqe, name_of(operation), 0);
		sqe->user_data = TAG_CANCEL;
	}
	for (uint32_t level = 0; level < RING_LEVELS; level++) {
		queue *waiting = &ring.levels[level];
		for (ring_operation *operation; (operation = waiting->first);) {
			int32_t early = !supports(operation->sqe.opcode) ? -EOPNOTSUPP : ring_fault ? ring_fault(RING_FAULT_BEGIN, operation, 0) : 0;
			if (early < 0) {
				unlink_from(waiting, operation);
				complete_early(operation, early);
				continue;
			}
			if (ring.flight >= ring.limit || !(sqe = entry()))
				return;
			unlink_from(waiting, operation);
			launch(operation, sqe);
			uint32_t chosen;
			if (operation->marks & RING_PROVIDED && !(ring.features & RING_HAS_PROVIDED)) {
				if (!ring_provided_choose(sqe, &chosen)) { /* as the kernel would answer */
					io_uring_prep_nop(sqe);
					sqe->user_data = TAG_CANCEL;
					ring_complete(operation, -ENOBUFS, 0);
				} else
					operation->chosen = (int32_t)chosen;
			}
		}
	}
}

static bool queued(void)
{
	return ring.levels[0].first || ring.levels[1].first || ring.levels[2].first || ring.cancels.first;
}

static bool kernel_has_more(void)
{
	return __atomic_load_n(ring.kernel.sq.kflags, __ATOMIC_RELAXED) & (IORING_SQ_CQ_OVERFLOW | IORING_SQ_TASKRUN);
}

void ring_turn(void)
{
	if (!ring.open)
		return;
	if (queued())
		flush();
	if (io_uring_sq_ready(&ring.kernel) || kernel_has_more())
		submit();
	reap();
}

void linux_io_turn(void)
{
	ring_turn();
}

/* The poll of the descriptor by which other threads and signals wake us. */
static void watch(int wakeup)
{
	struct io_uring_sqe *sqe = ring.watching ? NULL : io_uring_get_sqe(&ring.kernel);
	if (!sqe)
		return;
	io_uring_prep_poll_multishot(sqe, wakeup, POLLIN);
	sqe->user_data = TAG_WAKEUP;
	ring.watching = true;
}

static void drain(int wakeup)
{
	uint64_t count;
	if (!ring.woken)
		return;
	ring.woken = false;
	ssize_t got = read(wakeup, &count, sizeof count);
	(void)got; /* nothing in it: it was read already */
}

bool linux_io_sleep(int wakeup, int64_t nanoseconds)
{
	if (!ring.open)
		return false;
	if (queued())
		flush();
	watch(wakeup);
	/* No entry is free although the completion queue has room: tried again soon, whatever happens. */
	if (queued() && ring.flight < ring.limit && (nanoseconds < 0 || nanoseconds > PAUSE_NS))
		nanoseconds = PAUSE_NS;
	if (!reap()) {
		struct __kernel_timespec time = { .tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000 };
		struct io_uring_cqe *cqe = NULL;
		int status = ring_fault ? ring_fault(RING_FAULT_SUBMIT, NULL, 0) : 0;
		if (!status)
			status = io_uring_submit_and_wait_timeout(&ring.kernel, &cqe, 1, nanoseconds < 0 ? NULL : &time, NULL);
		/* The kernel has no memory for it, or completions have piled up: what is there is taken, and later again. */
		if (!reap() && (status == -EAGAIN || status == -EBUSY || status == -ENOMEM)) {
			struct timespec pause = { 0, PAUSE_NS };
			nanosleep(&pause, NULL);
		}
	}
	drain(wakeup);
	return true;
}

/* ---- one operation ---- */

/* A close that the kernel has not seen. */
static void close_after_all(ring_operation *operation)
{
	if (operation->marks & RING_CLOSES)
		ring_close_file(operation->sqe.file_index ? (int32_t)(operation->sqe.file_index - 1) | RING_DIRECT : operation->sqe.fd);
}

/* In flight no more as far as its task is concerned; true: the kernel has to be told. */
static bool give_up(ring_operation *operation)
{
	switch (operation->state) {
	case RING_STARTED:
		close_after_all(operation);
		dispose_events(operation);
		operation->state = RING_IDLE;
		return false;
	case RING_QUEUED:
		unlink_from(operation->marks & RING_STARVED ? &ring.starved : &ring.levels[operation->level], operation);
		operation->marks &= (uint16_t)~RING_STARVED;
		close_after_all(operation);
		dispose_events(operation);
		disown(operation);
		operation->state = RING_IDLE;
		return false;
	case RING_DONE:
		if (operation->marks & RING_STATUS) {
			ring_slot *slot = ring_slot_of(operation->owner);
			if (operation->owner_previous)
				operation->owner_previous->owner_next = operation->owner_next;
			else
				slot->completed = operation->owner_next;
			if (operation->owner_next)
				operation->owner_next->owner_previous = operation->owner_previous;
			else
				slot->last = operation->owner_previous;
		}
		dispose(operation->flight_marks, operation->flight_direct, operation->result, operation->flags);
		operation->state = RING_IDLE;
		return false;
	case RING_FLIGHT:
		dispose_events(operation);
		operation->state = RING_CANCELLING;
		if (operation->flight_marks & RING_CLOSES)
			return false;
		ring_cancel(operation);
		return true;
	case RING_CANCELLING:
		if (operation->marks & RING_AGAIN)
			close_after_all(operation);
		operation->marks &= (uint16_t)~(RING_AGAIN | RING_POLLED | RING_CLOSES);
		return false;
	default:
		return false;
	}
}

/* Most cancellations end in the call that asks for them. */
static void tell_kernel(void)
{
	flush();
	submit();
	reap();
}

struct io_uring_sqe *ring_begin(ring_operation *operation, uint32_t marks)
{
	ring_drop(operation);
	operation->marks = (uint16_t)marks;
	if (operation->state == RING_CANCELLING)
		operation->marks |= RING_AGAIN;
	else
		operation->state = RING_STARTED;
	operation->result = 0;
	operation->flags = 0;
	memset(&operation->sqe, 0, sizeof operation->sqe);
	return &operation->sqe;
}

void ring_done(ring_operation *operation, int32_t result)
{
	if (operation->state != RING_STARTED)
		return;
	operation->result = result;
	operation->flight_marks = operation->marks;
	operation->flight_direct = false;
	operation->state = RING_DONE;
}

int ring_poll(ring_operation *operation, stator_executor *executor, stator_task_id waker)
{
	if (operation->first)
		return STATOR_READY;
	switch (operation->state) {
	case RING_DONE:
	case RING_IDLE:
		return STATOR_READY;
	case RING_CANCELLING:
		operation->marks |= RING_POLLED;
		own(operation, executor, waker);
		return STATOR_PENDING;
	case RING_STARTED:
		own(operation, executor, waker);
		enqueue(operation);
		return STATOR_PENDING;
	default:
		own(operation, executor, waker);
		return STATOR_PENDING;
	}
}

void ring_initiate(ring_operation *operation, stator_executor *executor, stator_task_id owner)
{
	operation->marks |= RING_STATUS;
	if (operation->state == RING_DONE) {
		operation->owner = owner;
		operation->executor = executor;
		finish(operation, operation->result, operation->flags);
	} else
		ring_poll(operation, executor, owner);
}

int32_t ring_take(ring_operation *operation)
{
	ring_event *event = operation->first;
	if (event) {
		operation->result = event->result;
		operation->flags = event->flags;
		operation->first = event->next;
		if (!event->next)
			operation->last = NULL;
		event->next = ring.events;
		ring.events = event;
	} else if (operation->state == RING_DONE) {
		if (operation->marks & RING_STATUS) { /* out of the list of completed ones, without disposing of it */
			uint16_t marks = operation->flight_marks;
			uint32_t flags = operation->flags;
			operation->flight_marks = 0;
			operation->flags = 0;
			give_up(operation);
			operation->flight_marks = marks;
			operation->flags = flags;
		}
		operation->state = RING_IDLE;
	}
	if (operation->flight_marks & RING_MAKES_FD && operation->flight_direct && operation->result >= 0)
		operation->result |= RING_DIRECT;
	return operation->result;
}

void ring_cancel(ring_operation *operation)
{
	if (operation->cancelled || (operation->state != RING_FLIGHT && operation->state != RING_CANCELLING))
		return;
	operation->cancelled = true;
	append(&ring.cancels, operation);
}

void ring_drop(ring_operation *operation)
{
	if (give_up(operation))
		tell_kernel();
}

int32_t ring_state(const ring_operation *operation)
{
	switch (operation->state) {
	case RING_STARTED:
	case RING_QUEUED:
	case RING_FLIGHT:
	case RING_CANCELLING:
		return STATOR_PENDING;
	default:
		return operation->result < 0 ? operation->result : STATOR_READY;
	}
}

/* ---- tasks ---- */

int32_t ring_completed(stator_task_id task)
{
	ring_slot *slot = ring_slot_of(task);
	ring_operation *operation = slot->completed;
	if (operation) {
		ring_take(operation);
		return (int32_t)operation->number;
	}
	return slot->count ? -1 : -2;
}

uint32_t ring_end(stator_executor *executor, stator_task_id task)
{
	ring_slot *slot = ring_slot_of(task);
	bool any = false;
	if (!ring.open || (!slot->begun && !slot->completed && !slot->level))
		return 0;
	while (slot->completed)
		give_up(slot->completed);
	for (ring_operation *operation = slot->begun, *next; operation; operation = next) {
		next = operation->owner_next;
		own(operation, executor, task);
		any |= give_up(operation);
	}
	if (any)
		tell_kernel();
	if (!slot->count)
		slot->level = 0;
	return slot->count;
}

void ring_feed(void)
{
	for (ring_operation *operation; (operation = ring.starved.first);) {
		unlink_from(&ring.starved, operation);
		operation->marks &= (uint16_t)~RING_STARVED;
		enqueue(operation);
	}
}

void ring_close_file(int32_t file)
{
	int nothing = -1;
	if (file & RING_DIRECT)
		io_uring_register_files_update(&ring.kernel, (unsigned)(file & ~RING_DIRECT), &nothing, 1);
	else
		close(file);
}

/* ---- the end ---- */

static int64_t milliseconds(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void linux_io_close(void)
{
	if (!ring.open)
		return;
	for (uint32_t i = 0; i < ring.count; i++) {
		ring_operation *operation = ring_operation_find(i);
		if (operation)
			give_up(operation);
	}
	tell_kernel();
	struct __kernel_timespec step = { .tv_nsec = 10 * PAUSE_NS };
	for (int64_t end = milliseconds() + CLOSE_MS; ring.flight && milliseconds() < end;) {
		struct io_uring_cqe *cqe = NULL;
		io_uring_submit_and_wait_timeout(&ring.kernel, &cqe, 1, &step, NULL);
		reap();
	}
	ring_buffers_close();
	io_uring_queue_exit(&ring.kernel);
	ring.open = false;
}
