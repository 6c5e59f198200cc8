/* The ring: opening, filling its entries, sleeping in it, its end (uring.h). */
#define _GNU_SOURCE
#include "heap.h"
#include "io-hooks.h"
#include "io-settings.h"
#include "record-hooks.h"
#include "uring-record.h"
#include "uring-state.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum {
	EVENTS = 8192,
	COMPLETIONS = 16, /* entries of the completion queue for each of the submission uring_queue */
	CLOSE_MS = 1000,
	PAUSE_NS = 1000000,
};

static uring_state_t none;
static uint32_t made; /* atomic: how many executors have had something of this */

__thread uring_state_t *uring = &none;

uint32_t uring_features(void)
{
	return uring->features;
}

uint32_t uring_in_flight(void)
{
	return uring->flight;
}

void uring_lacks(uint32_t feature)
{
	uring->features &= ~feature;
}

static bool supports(uint32_t opcode)
{
	return uring->supported[opcode / 8] >> opcode % 8 & 1;
}

/* ---- opening ---- */

static int set_up(unsigned entries)
{
	/* The newest first; a kernel that does not know a flag answers EINVAL. A ring to which several threads submit takes the last. */
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
		if (ways[i].features & ~allowed || (uring->inbox && ways[i].features))
			continue;
		struct io_uring_params parameters = { .flags = ways[i].flags | IORING_SETUP_CLAMP | IORING_SETUP_CQSIZE, .cq_entries = entries * COMPLETIONS };
		status = io_uring_queue_init_params(entries, uring->kernel, &parameters);
		if (status && status != -EINVAL)
			return status;
		uring->features = ways[i].features;
		uring->limit = parameters.cq_entries;
	}
	if (uring_fault)
		uring->limit = (uint32_t)uring_fault(URING_FAULT_LIMIT, NULL, (int32_t)uring->limit);
	return status;
}

static void find_features(void)
{
	struct io_uring_probe *probe = io_uring_get_probe_ring(uring->kernel);
	for (uint32_t opcode = 0; probe && opcode < 256; opcode++)
		if (io_uring_opcode_supported(probe, (int)opcode))
			uring->supported[opcode / 8] |= (uint8_t)(1 << opcode % 8);
	io_uring_free_probe(probe);
	enum { OP_BIND = 56, OP_LISTEN = 57 }; /* not in liburing 2.3 */
	uint32_t found = uring->features;
	if (supports(IORING_OP_SOCKET)) /* came with multishot accept, in 5.19 */
		found |= URING_HAS_SOCKET | URING_HAS_ACCEPTS;
	if (supports(IORING_OP_SEND_ZC)) /* came with multishot receive, in 6.0 */
		found |= URING_HAS_RECEIVES;
	if (supports(OP_BIND) && supports(OP_LISTEN))
		found |= URING_HAS_BIND;
	if (supports(IORING_OP_MSG_RING) && uring->kernel->features & IORING_FEAT_CQE_SKIP)
		found |= URING_HAS_MESSAGES;
	if (stator_io_settings.files && !io_uring_register_files_sparse(uring->kernel, stator_io_settings.files))
		found |= URING_HAS_DIRECT;
	uring->features = found | URING_HAS_BUFFERS | URING_HAS_PROVIDED; /* these two show when they are tried */
	if (uring_fault)
		uring->features = (uint32_t)uring_fault(URING_FAULT_FEATURES, NULL, (int32_t)uring->features);
}

static int make_kernels(void)
{
	int status = set_up(stator_io_settings.entries);
	if (status)
		return status;
	if (!uring->inbox)
		io_uring_register_ring_fd(uring->kernel); /* without it each call looks the descriptor up */
	find_features();
	uring_buffers_open(uring->features);
	return 0;
}

/* What the kernel said of itself. */
static int make(void)
{
	int status = hook_outside(STATOR_RECORD_KERNEL, STATOR_REPLAYED ? 0 : make_kernels());
	if (status)
		return status;
	hook_outside_bytes(&uring->features, sizeof uring->features);
	hook_outside_bytes(&uring->limit, sizeof uring->limit);
	hook_outside_bytes(uring->supported, sizeof uring->supported);
	hook_outside_bytes(&uring->memory.registers, sizeof uring->memory.registers);
	return 0;
}

bool uring_open_none(void)
{
	if (uring != &none)
		return true;
	uring_state_t *own = stator_heap_keep(sizeof *own);
	if (!own)
		return false;
	own->number = __atomic_fetch_add(&made, 1, __ATOMIC_RELAXED);
	uring = own;
	return true;
}

static void *reserve(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	return memory == MAP_FAILED ? NULL : memory;
}

/* Room for all that may be in flight, and as much again for streams: what finds none waits in the kernel's queue. */
static bool make_inbox(stator_executor *executor)
{
	uring_inbox *inbox = stator_heap_keep(sizeof *inbox);
	uint32_t count = 2u << (31 - __builtin_clz(stator_io_settings.entries * COMPLETIONS | EVENTS));
	if (uring_fault)
		count = (uint32_t)uring_fault(URING_FAULT_INBOX, NULL, (int32_t)count);
	uring_completion *all = inbox ? reserve(count * sizeof *all) : NULL;
	if (!all)
		return false;
	*inbox = (uring_inbox){ .executor = executor, .all = all, .mask = count - 1 };
	uring->inbox = inbox;
	return true;
}

int uring_open(stator_executor *executor)
{
	if (uring->executor)
		return 0;
	if (!stator_io_settings.entries)
		return -ENOSYS;
	if (!uring_open_none())
		return -ENOMEM;
	if (!uring->slots)
		uring->slots = reserve(STATOR_SLOTS_MAX * sizeof(uring_slot));
	uring_event *events = uring->slots ? stator_heap_keep(EVENTS * sizeof *events) : NULL;
	if (!events)
		return -ENOMEM;
	bool shared = stator_io_form() == STATOR_IO_COMPLETION_THREAD;
	if (shared && !uring->inbox && !make_inbox(executor))
		return -ENOMEM;
	uring->kernel = &uring->own;
	int status = shared ? uring_shared_join(make) : make();
	if (status)
		return status;
	for (uint32_t i = 0; i < EVENTS; i++) {
		events[i].next = uring->events;
		uring->events = events + i;
	}
	if (!STATOR_REPLAYED)
		signal(SIGPIPE, SIG_IGN); /* a status says it; who waits for that signal has it all the same */
	uring->executor = executor;
	return 0;
}

/* ---- submissions ---- */

static int submit(void)
{
	if (STATOR_REPLAYED)
		return 0;
	int status = uring_fault ? uring_fault(URING_FAULT_SUBMIT, NULL, 0) : 0;
	/* With DEFER_TASKRUN nothing completes unless it is asked for. */
	return status ? status : uring->inbox ? io_uring_submit(uring->kernel) : io_uring_submit_and_get_events(uring->kernel);
}

static struct io_uring_sqe *kernels_entry(void)
{
	if (uring_fault && !uring_fault(URING_FAULT_ENTRY, NULL, 1))
		return NULL;
	struct io_uring_sqe *sqe = io_uring_get_sqe(uring->kernel);
	if (!sqe) { /* the kernel takes all of them, unless completions have piled up */
		submit();
		sqe = io_uring_get_sqe(uring->kernel);
	}
	return sqe;
}

static struct io_uring_sqe *entry(void)
{
	static struct io_uring_sqe nobodys;
	struct io_uring_sqe *sqe = STATOR_REPLAYED ? &nobodys : kernels_entry();
	return hook_outside(STATOR_RECORD_KERNEL, !sqe) ? NULL : sqe;
}

static void launch(uring_operation *operation, struct io_uring_sqe *sqe)
{
	*sqe = operation->sqe;
	sqe->user_data = uring_name_of(operation) | uring->tag;
	if (STATOR_RECORDED)
		uring_record_asks(operation, sqe);
	operation->state = URING_FLIGHT;
	operation->flight_marks = operation->marks;
	operation->flight_direct = operation->marks & URING_MAKES_FD && operation->sqe.file_index != 0;
	operation->chosen = -1;
	uring->flight++;
}

/* Fills entries from the queues. What finds none stays. */
static void flush(void)
{
	struct io_uring_sqe *sqe;
	while (uring->cancels.first && (sqe = entry())) {
		uring_operation *operation = uring->cancels.first;
		uring_unlink(&uring->cancels, operation);
		io_uring_prep_cancel64(sqe, uring_name_of(operation) | uring->tag, 0);
		sqe->user_data = URING_TAG_CANCEL;
		if (STATOR_RECORDED)
			uring_record_cancels(operation);
	}
	for (uint32_t level = 0; level < URING_LEVELS; level++) {
		uring_queue *waiting = &uring->levels[level];
		for (uring_operation *operation; (operation = waiting->first);) {
			int32_t early = operation->decided ? operation->early : supports(operation->sqe.opcode) ? 0 : -EOPNOTSUPP;
			if (uring_fault && !early)
				early = uring_fault(URING_FAULT_BEGIN, operation, 0);
			if (operation->decided || early < 0) {
				uring_unlink(waiting, operation);
				uring_complete_early(operation, early);
				continue;
			}
			if (uring->flight >= uring->limit || !(sqe = entry()))
				return;
			uring_unlink(waiting, operation);
			launch(operation, sqe);
			uint32_t chosen;
			if (operation->marks & URING_PROVIDED && !(uring->features & URING_HAS_PROVIDED)) {
				if (!uring_provided_choose(sqe, &chosen)) { /* as the kernel would answer */
					io_uring_prep_nop(sqe);
					sqe->user_data = URING_TAG_CANCEL;
					uring_complete(operation, -ENOBUFS, 0);
				} else
					operation->chosen = (int32_t)chosen;
			}
		}
	}
	uring->pressing = uring->cancels.first != NULL;
}

static bool queued(void)
{
	return uring->levels[0].first || uring->levels[1].first || uring->levels[2].first || uring->cancels.first;
}

static bool kernel_has_more(void)
{
	if (STATOR_REPLAYED)
		return false;
	return __atomic_load_n(uring->kernel->sq.kflags, __ATOMIC_RELAXED) & (IORING_SQ_CQ_OVERFLOW | IORING_SQ_TASKRUN);
}

/* In the shared ring: entries are filled and handed over in one, what has completed is in the inbox. */
static void submit_shared(void)
{
	if (!queued() && !uring->unsubmitted)
		return;
	uring_shared_lock();
	flush();
	uring->unsubmitted = submit() < 0;
	uring_shared_unlock();
	uring_shared_deliver(); /* what the kernel had at hand is completed already */
}

void uring_turn(void)
{
	if (uring->inbox)
		submit_shared();
	else {
		if (queued())
			flush();
		if (!STATOR_REPLAYED && (io_uring_sq_ready(uring->kernel) || kernel_has_more()))
			submit();
	}
	uring_reap();
}

/* Nothing is to be done but sleep, and what is queued can only wait, too: the call that sleeps submits it. Once: whatever keeps the executor
   from sleeping does not keep it from the kernel. */
static bool left_to_sleep(const stator_executor *executor)
{
	bool left = !uring->pressing && !uring->postponed && !uring->inbox && queued() && !hook_outside(STATOR_RECORD_KERNEL, kernel_has_more()) && !uring_reap() && !stator_work(executor);
	uring->postponed = left;
	return left;
}

void linux_io_turn(const stator_executor *executor)
{
	if (uring->executor == executor && !left_to_sleep(executor))
		uring_turn();
}

/* The poll of the descriptor by which other threads and signals wake us; those that have a ring may send a message instead. */
static void watch(linux_sleeper *sleeper)
{
	struct io_uring_sqe *sqe = io_uring_get_sqe(uring->kernel);
	if (!sqe)
		return;
	io_uring_prep_poll_multishot(sqe, sleeper->wakeup, POLLIN);
	sqe->user_data = URING_TAG_WAKEUP;
	uring->watching = true;
	if (uring->features & URING_HAS_MESSAGES)
		__atomic_store_n(&sleeper->ring, uring->kernel->ring_fd, __ATOMIC_RELAXED);
}

static void drain(int wakeup)
{
	uint64_t count;
	if (!uring->woken)
		return;
	uring->woken = false;
	ssize_t got = read(wakeup, &count, sizeof count);
	(void)got; /* nothing in it: it was read already */
}

static void pause_shortly(void)
{
	struct timespec pause = { 0, PAUSE_NS };
	nanosleep(&pause, NULL);
}

/* No entry is free although the completion queue has room: tried again soon, whatever happens. */
static bool stuck(void)
{
	return uring->unsubmitted || (queued() && uring->flight < uring->limit);
}

/* The caller sleeps at its eventfd, to which the completion thread writes: true where there is no reason to. */
static bool sleep_shared(void)
{
	submit_shared();
	if (uring_reap())
		return true;
	if (!stuck())
		return false;
	pause_shortly();
	return true;
}

/* Submits, and waits for a completion. */
static int wait(int64_t nanoseconds)
{
	struct __kernel_timespec time = { .tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000 };
	struct io_uring_cqe *cqe = NULL;
	int status = uring_fault ? uring_fault(URING_FAULT_SUBMIT, NULL, 0) : 0;
	if (status || STATOR_REPLAYED)
		return status;
	return io_uring_submit_and_wait_timeout(uring->kernel, &cqe, 1, nanoseconds < 0 ? NULL : &time, NULL);
}

bool linux_io_sleep(const stator_executor *executor, linux_sleeper *sleeper, int64_t nanoseconds)
{
	int wakeup = sleeper->wakeup;
	if (uring->executor != executor)
		return false;
	if (uring->inbox)
		return sleep_shared();
	if (queued())
		flush();
	uring->postponed = false;
	if (!STATOR_REPLAYED && !uring->watching)
		watch(sleeper);
	if (stuck() && (nanoseconds < 0 || nanoseconds > PAUSE_NS))
		nanoseconds = PAUSE_NS;
	if (!uring_reap()) {
		int status = wait(nanoseconds);
		/* The kernel has no memory for it, or completions have piled up: what is there is taken, and later again. */
		if (!uring_reap() && (status == -EAGAIN || status == -EBUSY || status == -ENOMEM))
			pause_shortly();
	}
	drain(wakeup);
	return true;
}

bool linux_io_wake(const linux_sleeper *sleeper)
{
	int ring = __atomic_load_n(&sleeper->ring, __ATOMIC_RELAXED);
	struct io_uring_sqe *sqe;
	if (ring < 0 || !uring->executor || uring->inbox || !(uring->features & URING_HAS_MESSAGES) || !(sqe = io_uring_get_sqe(uring->kernel)))
		return false;
	io_uring_prep_msg_ring(sqe, ring, 0, URING_TAG_CANCEL, 0);
	sqe->flags |= IOSQE_CQE_SKIP_SUCCESS;
	sqe->user_data = URING_TAG_MESSAGE | (uint32_t)sleeper->wakeup;
	return io_uring_submit(uring->kernel) >= 0;
}

/* Most cancellations end in the call that asks for them; in the shared ring, too, because what they have ended is looked for here. */
void uring_tell_kernel(void)
{
	if (uring->inbox)
		submit_shared();
	else {
		flush();
		submit();
	}
	uring_reap();
}

void uring_close_file(int32_t file)
{
	int nothing = -1;
	hook_told(&file, sizeof file);
	if (STATOR_REPLAYED)
		return;
	if (!uring_is_direct(file))
		close(file);
	else if (!uring_is_foreign(file))
		io_uring_register_files_update(uring->kernel, (unsigned)(file & URING_PLACE_MASK), &nothing, 1);
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
	if (!uring->executor)
		return;
	for (uint32_t i = 0; i < uring->count; i++) {
		uring_operation *operation = uring_operation_find(i);
		if (operation)
			uring_give_up(operation);
	}
	uring_tell_kernel();
	struct __kernel_timespec step = { .tv_nsec = 10 * PAUSE_NS };
	for (int64_t end = milliseconds() + CLOSE_MS; uring->flight && milliseconds() < end;) {
		struct io_uring_cqe *cqe = NULL;
		if (!uring->inbox)
			io_uring_submit_and_wait_timeout(uring->kernel, &cqe, 1, &step, NULL);
		else if (!sleep_shared())
			pause_shortly();
		uring_reap();
	}
	uring_buffers_close();
	if (uring->inbox)
		uring_shared_leave();
	else
		io_uring_queue_exit(uring->kernel);
	uring->executor = NULL;
}
