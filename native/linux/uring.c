/* The ring and its operations (uring.h). */
#define _GNU_SOURCE
#include "uring.h"

#include "heap.h"
#include "io-hooks.h"
#include "io-settings.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
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
	uring_operation *first, *last;
} queue;

static struct {
	struct io_uring kernel;
	bool open;
	bool watching;  /* the poll of the wakeup descriptor is armed */
	bool woken;     /* it has something to be read */
	uint32_t features;
	uint32_t limit, flight;
	queue levels[URING_LEVELS];
	queue cancels, starved;
	uring_slot *slots;
	uring_event *events; /* free */
	uint8_t supported[32]; /* one bit an opcode */
	/* Operations in pieces, each twice as long as the one before: what was given out stays where it is. */
	uring_operation *pieces[PIECES];
	uint32_t count, room;
	uring_operation *freed, *freed_stored;
} uring;

struct io_uring *uring_kernel(void)
{
	return &uring.kernel;
}

uint32_t uring_features(void)
{
	return uring.features;
}

uint32_t uring_in_flight(void)
{
	return uring.flight;
}

void uring_lacks(uint32_t feature)
{
	uring.features &= ~feature;
}

static bool supports(uint32_t opcode)
{
	return uring.supported[opcode / 8] >> opcode % 8 & 1;
}

/* ---- lists ---- */

static void append(queue *list, uring_operation *operation)
{
	operation->next = NULL;
	operation->previous = list->last;
	if (list->last)
		list->last->next = operation;
	else
		list->first = operation;
	list->last = operation;
}

static void unlink_from(queue *list, uring_operation *operation)
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

uring_slot *uring_slot_of(stator_task_id task)
{
	return uring.slots + (task & STATOR_SLOT_MASK);
}

/* Out of its slot's list of begun operations. */
static void disown(uring_operation *operation)
{
	if (!operation->listed)
		return;
	uring_slot *slot = uring_slot_of(operation->owner);
	if (operation->owner_previous)
		operation->owner_previous->owner_next = operation->owner_next;
	else
		slot->begun = operation->owner_next;
	if (operation->owner_next)
		operation->owner_next->owner_previous = operation->owner_previous;
	operation->listed = false;
	slot->count--;
}

static void own(uring_operation *operation, stator_executor *executor, stator_task_id task)
{
	if (operation->listed && operation->owner == task)
		return;
	disown(operation);
	operation->owner = task;
	operation->executor = executor;
	if (task < 0 || operation->marks & URING_MULTI)
		return;
	uring_slot *slot = uring_slot_of(task);
	operation->owner_previous = NULL;
	operation->owner_next = slot->begun;
	if (slot->begun)
		slot->begun->owner_previous = operation;
	slot->begun = operation;
	operation->listed = true;
	slot->count++;
}

static void wake(uring_operation *operation)
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
		{ IORING_SETUP_SUBMIT_ALL | IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_TASKRUN_FLAG, URING_HAS_DEFER },
		{ IORING_SETUP_SUBMIT_ALL | IORING_SETUP_COOP_TASKRUN | IORING_SETUP_TASKRUN_FLAG, URING_HAS_COOP },
		{ 0, 0 },
	};
	uint32_t allowed = uring_fault ? (uint32_t)uring_fault(URING_FAULT_FEATURES, NULL, URING_HAS_ALL) : URING_HAS_ALL;
	int status = -EINVAL;
	for (size_t i = 0; status && i < sizeof ways / sizeof *ways; i++) {
		if (ways[i].features & ~allowed)
			continue;
		struct io_uring_params parameters = { .flags = ways[i].flags | IORING_SETUP_CLAMP | IORING_SETUP_CQSIZE, .cq_entries = entries * COMPLETIONS };
		status = io_uring_queue_init_params(entries, &uring.kernel, &parameters);
		if (status && status != -EINVAL)
			return status;
		uring.features = ways[i].features;
		uring.limit = parameters.cq_entries;
	}
	if (uring_fault)
		uring.limit = (uint32_t)uring_fault(URING_FAULT_LIMIT, NULL, (int32_t)uring.limit);
	return status;
}

static void find_features(void)
{
	struct io_uring_probe *probe = io_uring_get_probe_ring(&uring.kernel);
	for (uint32_t opcode = 0; probe && opcode < 256; opcode++)
		if (io_uring_opcode_supported(probe, (int)opcode))
			uring.supported[opcode / 8] |= (uint8_t)(1 << opcode % 8);
	io_uring_free_probe(probe);
	enum { OP_BIND = 56, OP_LISTEN = 57 }; /* not in liburing 2.3 */
	uint32_t found = uring.features;
	if (supports(IORING_OP_SOCKET)) /* came with multishot accept, in 5.19 */
		found |= URING_HAS_SOCKET | URING_HAS_ACCEPTS;
	if (supports(IORING_OP_SEND_ZC)) /* came with multishot receive, in 6.0 */
		found |= URING_HAS_RECEIVES;
	if (supports(OP_BIND) && supports(OP_LISTEN))
		found |= URING_HAS_BIND;
	if (stator_io_settings.files && !io_uring_register_files_sparse(&uring.kernel, stator_io_settings.files))
		found |= URING_HAS_DIRECT;
	uring.features = found | URING_HAS_BUFFERS | URING_HAS_PROVIDED; /* these two show when they are tried */
	if (uring_fault)
		uring.features = (uint32_t)uring_fault(URING_FAULT_FEATURES, NULL, (int32_t)uring.features);
}

int uring_open(stator_executor *executor)
{
	if (uring.open)
		return executor == NULL ? -EINVAL : 0;
	if (!stator_io_settings.entries)
		return -ENOSYS;
	uring_event *events = stator_heap_keep(EVENTS * sizeof *events);
	void *slots = mmap(NULL, STATOR_SLOTS_MAX * sizeof(uring_slot), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (!events || slots == MAP_FAILED)
		return -ENOMEM;
	int status = set_up(stator_io_settings.entries);
	if (status)
		return status;
	uring.slots = slots;
	for (uint32_t i = 0; i < EVENTS; i++) {
		events[i].next = uring.events;
		uring.events = events + i;
	}
	find_features();
	uring_buffers_open(uring.features);
	signal(SIGPIPE, SIG_IGN); /* a status says it; who waits for that signal has it all the same */
	uring.open = true;
	return 0;
}

/* ---- operations ---- */

static uring_operation *take_freed(uring_operation **list)
{
	uring_operation *operation = *list;
	if (operation) {
		*list = operation->next;
		operation->next = NULL;
	}
	return operation;
}

uring_operation *uring_operation_new(bool stored)
{
	uring_operation *operation = take_freed(stored ? &uring.freed_stored : &uring.freed);
	if (!operation) {
		if (uring.count == uring.room) {
			uint32_t piece = 0;
			while (uring.pieces[piece])
				piece++;
			uint32_t more = PIECE_FIRST << piece;
			if (piece + 1 == PIECES || !(uring.pieces[piece] = stator_heap_keep(more * sizeof(uring_operation))))
				return NULL;
			uring.room += more;
		}
		uring_storage *storage = stored ? stator_heap_keep(sizeof *storage) : NULL;
		if (stored && !storage)
			return NULL;
		uint32_t number = uring.count++;
		uint32_t piece = 31 - (uint32_t)__builtin_clz(number / PIECE_FIRST + 1);
		operation = uring.pieces[piece] + (number - ((PIECE_FIRST << piece) - PIECE_FIRST));
		operation->number = number;
		operation->storage = storage;
	}
	operation->owner = -1;
	operation->state = URING_IDLE;
	operation->level = URING_NORMAL;
	operation->marks = 0;
	operation->result = 0;
	return operation;
}

uring_operation *uring_operation_find(uint32_t number)
{
	if (number >= uring.count)
		return NULL;
	uint32_t piece = 31 - (uint32_t)__builtin_clz(number / PIECE_FIRST + 1);
	uring_operation *operation = uring.pieces[piece] + (number - ((PIECE_FIRST << piece) - PIECE_FIRST));
	return operation->state == URING_FREE ? NULL : operation;
}

int uring_operation_delete(uring_operation *operation)
{
	uring_drop(operation);
	if (operation->state != URING_IDLE)
		return -EBUSY;
	uring_operation **list = operation->storage ? &uring.freed_stored : &uring.freed;
	operation->state = URING_FREE;
	operation->next = *list;
	*list = operation;
	return 0;
}

/* ---- completions ---- */

/* What nobody takes: a descriptor is closed, a buffer is given back. */
static void dispose(uint32_t marks, bool direct, int32_t result, uint32_t flags)
{
	if (flags & IORING_CQE_F_BUFFER)
		uring_provided_release(flags >> IORING_CQE_BUFFER_SHIFT);
	else if (marks & URING_MAKES_FD && result >= 0)
		uring_close_file(direct ? result | URING_DIRECT : result);
}

static void dispose_events(uring_operation *operation)
{
	for (uring_event *event; (event = operation->first);) {
		operation->first = event->next;
		dispose(operation->flight_marks, operation->flight_direct, event->result, event->flags);
		event->next = uring.events;
		uring.events = event;
	}
	operation->last = NULL;
}

static void enqueue(uring_operation *operation)
{
	operation->state = URING_QUEUED;
	const uring_slot *slot = operation->owner >= 0 ? uring_slot_of(operation->owner) : NULL;
	operation->level = slot && slot->level ? slot->level - 1 : URING_NORMAL;
	append(&uring.levels[operation->level], operation);
}

/* An operation that was given up is the kernel's no more. */
static void reaped(uring_operation *operation)
{
	if (operation->marks & URING_AGAIN) {
		uint32_t marks = operation->marks;
		operation->marks &= (uint16_t)~(URING_AGAIN | URING_POLLED);
		if (marks & URING_POLLED)
			enqueue(operation);
		else {
			disown(operation);
			operation->state = URING_STARTED;
		}
		return;
	}
	disown(operation);
	operation->state = URING_IDLE;
	wake(operation); /* its task may wait for nothing else any more */
}

static void finish(uring_operation *operation, int32_t result, uint32_t flags)
{
	disown(operation);
	operation->result = result;
	operation->flags = flags;
	operation->state = URING_DONE;
	if (operation->marks & URING_STATUS) {
		uring_slot *slot = uring_slot_of(operation->owner);
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

static void complete_stream(uring_operation *operation, int32_t result, uint32_t flags)
{
	bool more = flags & IORING_CQE_F_MORE;
	if (operation->state == URING_CANCELLING) {
		dispose(operation->flight_marks, operation->flight_direct, result, flags);
		if (!more)
			reaped(operation);
		return;
	}
	if (!more)
		operation->state = URING_STARTED;
	if (result == -ENOBUFS && operation->marks & URING_PROVIDED) {
		operation->state = URING_QUEUED;
		operation->marks |= URING_STARVED;
		append(&uring.starved, operation);
		return;
	}
	uring_event *event = uring.events;
	if (!event) { /* more than anybody takes: no memory is made for it */
		dispose(operation->flight_marks, operation->flight_direct, result, flags);
		return;
	}
	uring.events = event->next;
	*event = (uring_event){ .result = result, .flags = flags };
	if (operation->last)
		operation->last->next = event;
	else
		operation->first = event;
	operation->last = event;
	wake(operation);
}

void uring_complete(uring_operation *operation, int32_t result, uint32_t flags)
{
	if (uring_fault)
		result = uring_fault(URING_FAULT_RESULT, operation, result);
	if (!(flags & IORING_CQE_F_MORE)) {
		uring.flight--;
		operation->generation++;
		if (operation->cancelled) {
			operation->cancelled = false;
			if (operation->next || operation->previous || uring.cancels.first == operation)
				unlink_from(&uring.cancels, operation);
		}
	}
	if (operation->chosen >= 0) {
		flags |= IORING_CQE_F_BUFFER | (uint32_t)operation->chosen << IORING_CQE_BUFFER_SHIFT;
		operation->chosen = -1;
	} else if (flags & IORING_CQE_F_BUFFER)
		uring_provided_taken(flags >> IORING_CQE_BUFFER_SHIFT);
	if (flags & IORING_CQE_F_BUFFER && result <= 0) { /* nothing is in it */
		uring_provided_release(flags >> IORING_CQE_BUFFER_SHIFT);
		flags = flags & ((1u << IORING_CQE_BUFFER_SHIFT) - 1) & ~(uint32_t)IORING_CQE_F_BUFFER;
	}
	if (operation->flight_marks & URING_MULTI) {
		complete_stream(operation, result, flags);
		return;
	}
	if (operation->state == URING_CANCELLING) {
		dispose(operation->flight_marks, operation->flight_direct, result, flags);
		reaped(operation);
	} else
		finish(operation, result, flags);
}

static uint64_t name_of(const uring_operation *operation)
{
	return (uint64_t)(operation->generation & 0x3FFFFFFF) << 32 | operation->number;
}

static void take_completion(const struct io_uring_cqe *cqe)
{
	if (cqe->user_data & TAG_CANCEL)
		return;
	if (cqe->user_data & TAG_WAKEUP) {
		uring.woken = true;
		if (!(cqe->flags & IORING_CQE_F_MORE))
			uring.watching = false;
		return;
	}
	uring_operation *operation = uring_operation_find((uint32_t)cqe->user_data);
	if (operation && name_of(operation) == cqe->user_data) /* else it came late */
		if (!uring_fault || !uring_fault(URING_FAULT_HOLD, operation, cqe->res))
			uring_complete(operation, cqe->res, cqe->flags);
}

/* Everything that has come, and no more: completions only set words and link lists. */
static uint32_t reap(void)
{
	struct io_uring_cqe *cqe;
	unsigned head;
	uint32_t count = 0;
	io_uring_for_each_cqe(&uring.kernel, head, cqe) {
		take_completion(cqe);
		count++;
	}
	if (count)
		io_uring_cq_advance(&uring.kernel, count);
	return count;
}

/* ---- submissions ---- */

static int submit(void)
{
	int status = uring_fault ? uring_fault(URING_FAULT_SUBMIT, NULL, 0) : 0;
	/* With DEFER_TASKRUN nothing completes unless it is asked for. */
	return status ? status : io_uring_submit_and_get_events(&uring.kernel);
}

static struct io_uring_sqe *entry(void)
{
	if (uring_fault && !uring_fault(URING_FAULT_ENTRY, NULL, 1))
		return NULL;
	struct io_uring_sqe *sqe = io_uring_get_sqe(&uring.kernel);
	if (!sqe) { /* the kernel takes all of them, unless completions have piled up */
		submit();
		sqe = io_uring_get_sqe(&uring.kernel);
	}
	return sqe;
}

/* Without the kernel. */
static void complete_early(uring_operation *operation, int32_t result)
{
	uring.flight++;
	operation->state = URING_FLIGHT;
	operation->flight_marks = operation->marks;
	operation->flight_direct = operation->sqe.file_index != 0;
	operation->chosen = -1;
	uring_complete(operation, result, 0);
}

static void launch(uring_operation *operation, struct io_uring_sqe *sqe)
{
	*sqe = operation->sqe;
	sqe->user_data = name_of(operation);
	operation->state = URING_FLIGHT;
	operation->flight_marks = operation->marks;
	operation->flight_direct = operation->marks & URING_MAKES_FD && operation->sqe.file_index != 0;
	operation->chosen = -1;
	uring.flight++;
}

/* Fills entries from the queues. What finds none stays. */
static void flush(void)
{
	struct io_uring_sqe *sqe;
	while (uring.cancels.first && (sqe = entry())) {
		uring_operation *operation = uring.cancels.first;
		unlink_from(&uring.cancels, operation);
		io_uring_prep_cancel64(sqe, name_of(operation), 0);
		sqe->user_data = TAG_CANCEL;
	}
	for (uint32_t level = 0; level < URING_LEVELS; level++) {
		queue *waiting = &uring.levels[level];
		for (uring_operation *operation; (operation = waiting->first);) {
			int32_t early = operation->decided ? operation->early : supports(operation->sqe.opcode) ? 0 : -EOPNOTSUPP;
			if (uring_fault && !early)
				early = uring_fault(URING_FAULT_BEGIN, operation, 0);
			if (operation->decided || early < 0) {
				unlink_from(waiting, operation);
				complete_early(operation, early);
				continue;
			}
			if (uring.flight >= uring.limit || !(sqe = entry()))
				return;
			unlink_from(waiting, operation);
			launch(operation, sqe);
			uint32_t chosen;
			if (operation->marks & URING_PROVIDED && !(uring.features & URING_HAS_PROVIDED)) {
				if (!uring_provided_choose(sqe, &chosen)) { /* as the kernel would answer */
					io_uring_prep_nop(sqe);
					sqe->user_data = TAG_CANCEL;
					uring_complete(operation, -ENOBUFS, 0);
				} else
					operation->chosen = (int32_t)chosen;
			}
		}
	}
}

static bool queued(void)
{
	return uring.levels[0].first || uring.levels[1].first || uring.levels[2].first || uring.cancels.first;
}

static bool kernel_has_more(void)
{
	return __atomic_load_n(uring.kernel.sq.kflags, __ATOMIC_RELAXED) & (IORING_SQ_CQ_OVERFLOW | IORING_SQ_TASKRUN);
}

void uring_turn(void)
{
	if (!uring.open)
		return;
	if (queued())
		flush();
	if (io_uring_sq_ready(&uring.kernel) || kernel_has_more())
		submit();
	reap();
}

void linux_io_turn(void)
{
	uring_turn();
}

/* The poll of the descriptor by which other threads and signals wake us. */
static void watch(int wakeup)
{
	struct io_uring_sqe *sqe = uring.watching ? NULL : io_uring_get_sqe(&uring.kernel);
	if (!sqe)
		return;
	io_uring_prep_poll_multishot(sqe, wakeup, POLLIN);
	sqe->user_data = TAG_WAKEUP;
	uring.watching = true;
}

static void drain(int wakeup)
{
	uint64_t count;
	if (!uring.woken)
		return;
	uring.woken = false;
	ssize_t got = read(wakeup, &count, sizeof count);
	(void)got; /* nothing in it: it was read already */
}

bool linux_io_sleep(int wakeup, int64_t nanoseconds)
{
	if (!uring.open)
		return false;
	if (queued())
		flush();
	watch(wakeup);
	/* No entry is free although the completion queue has room: tried again soon, whatever happens. */
	if (queued() && uring.flight < uring.limit && (nanoseconds < 0 || nanoseconds > PAUSE_NS))
		nanoseconds = PAUSE_NS;
	if (!reap()) {
		struct __kernel_timespec time = { .tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000 };
		struct io_uring_cqe *cqe = NULL;
		int status = uring_fault ? uring_fault(URING_FAULT_SUBMIT, NULL, 0) : 0;
		if (!status)
			status = io_uring_submit_and_wait_timeout(&uring.kernel, &cqe, 1, nanoseconds < 0 ? NULL : &time, NULL);
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
static void close_after_all(uring_operation *operation)
{
	if (operation->marks & URING_CLOSES)
		uring_close_file(operation->sqe.file_index ? (int32_t)(operation->sqe.file_index - 1) | URING_DIRECT : operation->sqe.fd);
}

/* In flight no more as far as its task is concerned; true: the kernel has to be told. */
static bool give_up(uring_operation *operation)
{
	switch (operation->state) {
	case URING_STARTED:
		close_after_all(operation);
		dispose_events(operation);
		operation->state = URING_IDLE;
		return false;
	case URING_QUEUED:
		unlink_from(operation->marks & URING_STARVED ? &uring.starved : &uring.levels[operation->level], operation);
		operation->marks &= (uint16_t)~URING_STARVED;
		close_after_all(operation);
		dispose_events(operation);
		disown(operation);
		operation->state = URING_IDLE;
		return false;
	case URING_DONE:
		if (operation->marks & URING_STATUS) {
			uring_slot *slot = uring_slot_of(operation->owner);
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
		operation->state = URING_IDLE;
		return false;
	case URING_FLIGHT:
		dispose_events(operation);
		operation->state = URING_CANCELLING;
		if (operation->flight_marks & URING_CLOSES)
			return false;
		uring_cancel(operation);
		return true;
	case URING_CANCELLING:
		if (operation->marks & URING_AGAIN)
			close_after_all(operation);
		operation->marks &= (uint16_t)~(URING_AGAIN | URING_POLLED | URING_CLOSES);
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

struct io_uring_sqe *uring_begin(uring_operation *operation, uint32_t marks)
{
	uring_drop(operation);
	operation->marks = (uint16_t)marks;
	if (operation->state == URING_CANCELLING)
		operation->marks |= URING_AGAIN;
	else
		operation->state = URING_STARTED;
	operation->result = 0;
	operation->flags = 0;
	operation->decided = false;
	memset(&operation->sqe, 0, sizeof operation->sqe);
	return &operation->sqe;
}

void uring_done(uring_operation *operation, int32_t result)
{
	if (operation->state != URING_STARTED) { /* when the kernel has let go of what was begun before */
		operation->decided = true;
		operation->early = result;
		return;
	}
	operation->result = result;
	operation->flight_marks = operation->marks;
	operation->flight_direct = false;
	operation->state = URING_DONE;
}

int uring_poll(uring_operation *operation, stator_executor *executor, stator_task_id waker)
{
	if (operation->first)
		return STATOR_READY;
	switch (operation->state) {
	case URING_DONE:
	case URING_IDLE:
		return STATOR_READY;
	case URING_CANCELLING:
		operation->marks |= URING_POLLED;
		own(operation, executor, waker);
		return STATOR_PENDING;
	case URING_STARTED:
		own(operation, executor, waker);
		enqueue(operation);
		return STATOR_PENDING;
	default:
		own(operation, executor, waker);
		return STATOR_PENDING;
	}
}

void uring_initiate(uring_operation *operation, stator_executor *executor, stator_task_id owner)
{
	operation->marks |= URING_STATUS;
	if (operation->state == URING_DONE) {
		operation->owner = owner;
		operation->executor = executor;
		finish(operation, operation->result, operation->flags);
	} else
		uring_poll(operation, executor, owner);
}

int32_t uring_take(uring_operation *operation)
{
	uring_event *event = operation->first;
	if (event) {
		operation->result = event->result;
		operation->flags = event->flags;
		operation->first = event->next;
		if (!event->next)
			operation->last = NULL;
		event->next = uring.events;
		uring.events = event;
	} else if (operation->state == URING_DONE) {
		if (operation->marks & URING_STATUS) { /* out of the list of completed ones, without disposing of it */
			uint16_t marks = operation->flight_marks;
			uint32_t flags = operation->flags;
			operation->flight_marks = 0;
			operation->flags = 0;
			give_up(operation);
			operation->flight_marks = marks;
			operation->flags = flags;
		}
		operation->state = URING_IDLE;
	}
	if (operation->flight_marks & URING_MAKES_FD && operation->flight_direct && operation->result >= 0)
		operation->result |= URING_DIRECT;
	return operation->result;
}

void uring_cancel(uring_operation *operation)
{
	if (operation->cancelled || (operation->state != URING_FLIGHT && operation->state != URING_CANCELLING))
		return;
	operation->cancelled = true;
	append(&uring.cancels, operation);
}

void uring_drop(uring_operation *operation)
{
	if (give_up(operation))
		tell_kernel();
}

int32_t uring_state(const uring_operation *operation)
{
	switch (operation->state) {
	case URING_STARTED:
	case URING_QUEUED:
	case URING_FLIGHT:
	case URING_CANCELLING:
		return STATOR_PENDING;
	default:
		return operation->result < 0 ? operation->result : STATOR_READY;
	}
}

/* ---- tasks ---- */

int32_t uring_completed(stator_task_id task)
{
	if (!uring.open)
		return -2;
	uring_slot *slot = uring_slot_of(task);
	uring_operation *operation = slot->completed;
	if (operation) {
		uring_take(operation);
		return (int32_t)operation->number;
	}
	return slot->count ? -1 : -2;
}

uint32_t uring_end(stator_executor *executor, stator_task_id task)
{
	if (!uring.open)
		return 0;
	uring_slot *slot = uring_slot_of(task);
	bool any = false;
	if (!slot->begun && !slot->completed && !slot->level)
		return 0;
	while (slot->completed)
		give_up(slot->completed);
	for (uring_operation *operation = slot->begun, *next; operation; operation = next) {
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

void uring_feed(void)
{
	for (uring_operation *operation; (operation = uring.starved.first);) {
		unlink_from(&uring.starved, operation);
		operation->marks &= (uint16_t)~URING_STARVED;
		enqueue(operation);
	}
}

void uring_close_file(int32_t file)
{
	int nothing = -1;
	if (file & URING_DIRECT)
		io_uring_register_files_update(&uring.kernel, (unsigned)(file & ~URING_DIRECT), &nothing, 1);
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
	if (!uring.open)
		return;
	for (uint32_t i = 0; i < uring.count; i++) {
		uring_operation *operation = uring_operation_find(i);
		if (operation)
			give_up(operation);
	}
	tell_kernel();
	struct __kernel_timespec step = { .tv_nsec = 10 * PAUSE_NS };
	for (int64_t end = milliseconds() + CLOSE_MS; uring.flight && milliseconds() < end;) {
		struct io_uring_cqe *cqe = NULL;
		io_uring_submit_and_wait_timeout(&uring.kernel, &cqe, 1, &step, NULL);
		reap();
	}
	uring_buffers_close();
	io_uring_queue_exit(&uring.kernel);
	uring.open = false;
}
