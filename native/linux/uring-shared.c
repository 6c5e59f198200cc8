/*
 * The ring that all executors of a program share, and the one thread that waits at it (feature A6; uring-state.h).
 *
 *      executor, its thread                        kernel                 completion thread
 *   flush, under the lock ----- entries ----->  [ submission ]
 *                                               [ completion ] ----> deliver: into the inbox of who asked,
 *   turn: out of the inbox, wakes its task <---- inbox <------------     and its executor is woken
 *
 * Executors submit by themselves, one at a time, and never wait here; what the kernel had at hand (a page that is cached) is completed when
 * that call returns, and they deliver it themselves. The completion thread does nothing but move completions, so an executor that
 * computes for long keeps nobody else's back. What an operation is, its executor alone knows: an inbox holds names.
 *
 * A full inbox (whose executor has not looked for some ten thousand completions, those of streams: what is in flight has room) makes the
 * completion thread leave everything in the kernel's queue until it is looked at; nothing is lost.
 */
#define _GNU_SOURCE
#include "port.h"
#include "uring-state.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>

enum { EXECUTORS = 1 << URING_OWNER_BITS, OWNER_MASK = EXECUTORS - 1, FULL_NS = 1000000 };

static struct {
	struct io_uring kernel;
	pthread_mutex_t submission, completion; /* who fills entries; who takes completions */
	pthread_t thread;
	uring_inbox *inboxes[EXECUTORS];        /* atomic */
	uint32_t users;                         /* under `submission` */
	uint32_t features, limit;
	uint8_t supported[sizeof uring->supported];
	bool registers;
	uint32_t buffers;                       /* atomic */
	bool ends;                              /* atomic */
} shared = { .submission = PTHREAD_MUTEX_INITIALIZER, .completion = PTHREAD_MUTEX_INITIALIZER };

void uring_shared_lock(void)
{
	pthread_mutex_lock(&shared.submission);
}

void uring_shared_unlock(void)
{
	pthread_mutex_unlock(&shared.submission);
}

uint32_t uring_shared_buffer(void)
{
	return __atomic_fetch_add(&shared.buffers, 1, __ATOMIC_RELAXED);
}

/* False: there is no room. */
static bool put(uring_inbox *inbox, uint64_t name, int32_t result, uint32_t flags)
{
	uint32_t tail = __atomic_load_n(&inbox->tail, __ATOMIC_RELAXED);
	if (__atomic_load_n(&inbox->closed, __ATOMIC_ACQUIRE)) /* its time to wait for it was over */
		return true;
	if (tail - __atomic_load_n(&inbox->head, __ATOMIC_ACQUIRE) > inbox->mask)
		return false;
	inbox->all[tail & inbox->mask] = (uring_completion){ name, result, flags };
	__atomic_store_n(&inbox->tail, tail + 1, __ATOMIC_RELEASE);
	return true;
}

/* True: something had to be left where it is. */
static bool deliver(void)
{
	struct io_uring_cqe *cqe;
	unsigned head;
	uint32_t count = 0;
	uint64_t asked = 0;
	bool left = false;
	pthread_mutex_lock(&shared.completion);
	io_uring_for_each_cqe(&shared.kernel, head, cqe) {
		uint32_t owner = (uint32_t)cqe->user_data >> URING_OWNER_SHIFT & OWNER_MASK;
		uint64_t name = cqe->user_data & ~((uint64_t)OWNER_MASK << URING_OWNER_SHIFT);
		if (!(name & URING_TAG_MESSAGE)) {
			if (!put(__atomic_load_n(&shared.inboxes[owner], __ATOMIC_ACQUIRE), name, cqe->res, cqe->flags)) {
				left = true;
				break;
			}
			asked |= (uint64_t)1 << owner;
		}
		count++;
	}
	io_uring_cq_advance(&shared.kernel, count);
	pthread_mutex_unlock(&shared.completion);
	for (; asked; asked &= asked - 1) /* what was put before is seen, or the executor is seen asleep (port.c) */
		stator_port_pend(__atomic_load_n(&shared.inboxes[__builtin_ctzll(asked)], __ATOMIC_ACQUIRE)->executor);
	return left;
}

void uring_shared_deliver(void)
{
	deliver();
}

uint32_t uring_shared_reap(void)
{
	uring_inbox *inbox = uring->inbox;
	uint32_t head = inbox->head, tail = __atomic_load_n(&inbox->tail, __ATOMIC_ACQUIRE), count = tail - head;
	for (; head != tail; head++) {
		uring_completion completion = inbox->all[head & inbox->mask];
		uring_take_completion(completion.name, completion.result, completion.flags);
	}
	if (count)
		__atomic_store_n(&inbox->head, head, __ATOMIC_RELEASE);
	return count;
}

static void *complete(void *unused)
{
	while (!__atomic_load_n(&shared.ends, __ATOMIC_ACQUIRE)) {
		/* Not io_uring_wait_cqe, which looks at the queue's head beside those who deliver. */
		int status = io_uring_enter((unsigned)shared.kernel.ring_fd, 0, 1, IORING_ENTER_GETEVENTS, NULL);
		if (deliver() || (status < 0 && status != -EINTR)) {
			struct timespec pause = { 0, FULL_NS };
			nanosleep(&pause, NULL);
		}
	}
	return unused;
}

/* Signals are for the threads of executors. */
static int begin_thread(void)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int error = pthread_create(&shared.thread, NULL, complete, NULL);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return -error;
}

/* Locked. */
static int begin(int (*make)(void))
{
	int status = make();
	if (status)
		return status;
	shared.features = uring->features;
	shared.limit = uring->limit;
	shared.registers = uring->memory.registers;
	memcpy(shared.supported, uring->supported, sizeof shared.supported);
	__atomic_store_n(&shared.ends, false, __ATOMIC_RELEASE);
	status = begin_thread();
	if (status)
		io_uring_queue_exit(&shared.kernel);
	return status;
}

int uring_shared_join(int (*make)(void))
{
	int status = uring->number < EXECUTORS ? 0 : -ENOSPC;
	uring->kernel = &shared.kernel;
	uring_shared_lock();
	if (!status && !shared.users)
		status = begin(make);
	if (!status) {
		shared.users++;
		uring->features = shared.features;
		uring->limit = shared.limit;
		uring->memory.registers = shared.registers;
		memcpy(uring->supported, shared.supported, sizeof shared.supported);
		uring->tag = uring->number << URING_OWNER_SHIFT;
		__atomic_store_n(&shared.inboxes[uring->number], uring->inbox, __ATOMIC_RELEASE);
	}
	uring_shared_unlock();
	return status;
}

/* The completion thread looks up. Locked. */
static void rouse(void)
{
	struct io_uring_sqe *sqe;
	while (!(sqe = io_uring_get_sqe(&shared.kernel)))
		io_uring_submit(&shared.kernel);
	io_uring_prep_nop(sqe);
	sqe->user_data = URING_TAG_WAKEUP;
	while (io_uring_submit(&shared.kernel) < 0)
		deliver();
}

void uring_shared_leave(void)
{
	__atomic_store_n(&uring->inbox->closed, true, __ATOMIC_RELEASE);
	uring_shared_lock();
	if (!--shared.users) {
		__atomic_store_n(&shared.ends, true, __ATOMIC_RELEASE);
		rouse();
		pthread_join(shared.thread, NULL);
		io_uring_queue_exit(&shared.kernel);
	}
	uring_shared_unlock();
}
