/*
 * The ring's operations against this machine's kernel, under sanitizers: random beginnings, polls, drops and ends of tasks over
 * sockets, pipes and a file, with the features that argument 1 leaves (URING_HAS_ bits), from seed argument 2, for so many steps as
 * argument 3, on as many threads as argument 4: each with a ring of its own, or (FORM) all in one with a completion thread, with inboxes of
 * the size of argument 5 (0: as they are). At the end
 * nothing may be in flight, every provided buffer and every descriptor has to be back, and the bytes of each stream must have come in their
 * order. Meanwhile threads wake each other; then a token goes round, and who waits for it sleeps without a limit.
 */
#define _GNU_SOURCE
#include "heap.h"
#include "io-hooks.h"
#include "io-settings.h"
#include "port.h"
#include "uring.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum { TASKS = 8, PLAIN = 24, STREAMS = 6, BLOCK = 256, SHOWN = 100, THREADS = 8, ROUNDS = 200, LIMIT_SECONDS = 100 };

const stator_io_settings_t stator_io_settings = { .entries = 8, .files = 64, .buffer_bytes = 1 << 20, .provided = 8, .provided_bytes = 128 };

const uint32_t stator_thread_io = FORM;

static uint32_t allowed, seed, steps, threads, inbox;
static __thread uint32_t state;

int32_t uring_fault(int where, uring_operation *operation, int32_t value)
{
	(void)operation;
	switch (where) {
	case URING_FAULT_FEATURES:
		return (int32_t)((uint32_t)value & allowed);
	case URING_FAULT_INBOX:
		return inbox ? (int32_t)inbox : value;
	case URING_FAULT_BEGIN:
	case URING_FAULT_SUBMIT:
	case URING_FAULT_HOLD:
		return 0;
	default:
		return value;
	}
}

void *stator_heap_keep(size_t size)
{
	void *memory = calloc(1, size);
	if (!memory)
		abort();
	return memory;
}

static uint32_t below(uint32_t limit)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % limit;
}

static void check(bool holds, const char *what)
{
	if (holds)
		return;
	printf("failed: %s\n", what);
	exit(1);
}

static uint32_t descriptors(void)
{
	uint32_t count = 0;
	DIR *folder = opendir("/proc/self/fd");
	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}

/* An executor and what it sleeps at, as in sleeper.h. */
typedef struct {
	stator_executor executor;
	linux_sleeper sleeper;
	uint32_t token; /* atomic: how often it has come by */
	pthread_t thread;
} side;

static side sides[THREADS];
static __thread side *own;
static uint32_t messages, writes; /* atomic */

/* As port.c does it. */
void stator_port_pend(stator_executor *of)
{
	linux_sleeper *sleeper = &((side *)of)->sleeper;
	if (!__atomic_fetch_add(&sleeper->sleeping, 0, __ATOMIC_SEQ_CST))
		return;
	if (linux_io_wake(sleeper)) {
		__atomic_fetch_add(&messages, 1, __ATOMIC_RELAXED);
		return;
	}
	uint64_t one = 1;
	__atomic_fetch_add(&writes, write(sleeper->wakeup, &one, sizeof one) > 0, __ATOMIC_RELAXED);
}

/* Until the token has come so often, or something else has; nanoseconds below 0: without a limit. */
static void rest(int64_t nanoseconds, uint32_t token)
{
	linux_sleeper *sleeper = &own->sleeper;
	__atomic_exchange_n(&sleeper->sleeping, 1, __ATOMIC_SEQ_CST);
	if (__atomic_load_n(&own->token, __ATOMIC_ACQUIRE) < token && !linux_io_sleep(&own->executor, sleeper, nanoseconds)) {
		struct timespec limit = { nanoseconds / 1000000000, nanoseconds % 1000000000 };
		struct pollfd fd = { sleeper->wakeup, POLLIN, 0 };
		uint64_t count;
		if (ppoll(&fd, 1, nanoseconds < 0 ? NULL : &limit, NULL) > 0)
			check(read(sleeper->wakeup, &count, sizeof count) == sizeof count, "who is woken was written to");
	}
	__atomic_store_n(&sleeper->sleeping, 0, __ATOMIC_RELAXED);
}

enum { SHORTLY_NS = 100000, NEVER = 0xFFFFFFFF };

/* A stream: what is written to `theirs` is received from `ours`; bytes count up. */
typedef struct {
	uring_operation *receiver;
	int ours, theirs;
	uint8_t sent, received;
	bool receiving;
} stream;

static __thread stream streams[STREAMS];
static __thread uring_operation *plain[PLAIN];
static __thread char *memory[PLAIN];
static __thread int file, listener;
static __thread uring_operation *acceptor;
static __thread bool accepting;
static __thread uint32_t accepted, completed, cancelled;

static void open_stream(stream *of)
{
	int pair[2];
	check(!socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), "socketpair");
	of->ours = pair[0];
	of->theirs = pair[1];
	of->sent = of->received = 0;
	of->receiving = false;
}

static void close_stream(stream *of)
{
	uring_drop(of->receiver);
	for (int i = 0; i < 1000 && of->receiver->state != URING_IDLE; i++)
		rest(SHORTLY_NS, NEVER);
	close(of->ours);
	close(of->theirs);
}

static void begin_receiving(stream *of)
{
	struct io_uring_sqe *sqe = uring_begin(of->receiver, URING_MULTI | URING_PROVIDED);
	io_uring_prep_recv(sqe, of->ours, NULL, 0, 0);
	sqe->flags |= IOSQE_BUFFER_SELECT;
	sqe->buf_group = uring_provided_group();
	if ((uring_features() & (URING_HAS_RECEIVES | URING_HAS_PROVIDED)) == (URING_HAS_RECEIVES | URING_HAS_PROVIDED))
		sqe->ioprio |= IORING_RECV_MULTISHOT;
	of->receiving = true;
}

static __thread uint32_t kept[4], kept_count;

static void receive(stream *of, stator_task_id task)
{
	if (!of->receiving)
		begin_receiving(of);
	if (uring_poll(of->receiver, &own->executor, task) == STATOR_PENDING)
		return;
	int32_t count = uring_take(of->receiver);
	if (count <= 0) {
		check(count == 0 || count == -ECANCELED || count == -EAGAIN, "what a stream ends with");
		return;
	}
	check(of->receiver->flags & IORING_CQE_F_BUFFER, "a buffer comes with bytes");
	uint32_t index = of->receiver->flags >> IORING_CQE_BUFFER_SHIFT;
	for (int32_t i = 0; i < count; i++)
		check((uint8_t)uring_provided(index)[i] == of->received++, "bytes in their order");
	if (kept_count < 4 && below(3) == 0)
		kept[kept_count++] = index;
	else {
		check(uring_provided_release(index), "the buffer was out");
		check(!uring_provided_release(index), "and is not twice");
	}
}

static void send_some(stream *of)
{
	uint8_t bytes[BLOCK];
	uint32_t count = 1 + below(BLOCK - 1);
	for (uint32_t i = 0; i < count; i++)
		bytes[i] = (uint8_t)(of->sent + i);
	ssize_t written = write(of->theirs, bytes, count);
	if (written > 0)
		of->sent += (uint8_t)written;
}

static void begin_plain(uring_operation *operation, uint32_t number)
{
	struct io_uring_sqe *sqe;
	stream *of = &streams[below(STREAMS)];
	switch (below(6)) {
	case 0:
		sqe = uring_begin(operation, 0);
		io_uring_prep_read(sqe, file, memory[number], BLOCK, below(4096));
		break;
	case 1:
		sqe = uring_begin(operation, 0);
		int32_t registered = uring_registered(memory[number]);
		if (registered >= 0)
			io_uring_prep_write_fixed(sqe, file, memory[number], BLOCK, below(4096), registered);
		else
			io_uring_prep_write(sqe, file, memory[number], BLOCK, below(4096));
		break;
	case 2: /* never comes by itself */
		sqe = uring_begin(operation, 0);
		io_uring_prep_poll_add(sqe, of->ours, POLLPRI);
		break;
	case 3:
		sqe = uring_begin(operation, URING_MAKES_FD);
		operation->storage->how = (struct open_how){ .flags = O_RDONLY };
		strcpy(operation->storage->paths[0], below(2) ? "/dev/null" : "/no/such");
		io_uring_prep_openat2(sqe, AT_FDCWD, operation->storage->paths[0], &operation->storage->how);
		if (below(2) && uring_features() & URING_HAS_DIRECT)
			sqe->file_index = IORING_FILE_INDEX_ALLOC;
		break;
	case 4:
		sqe = uring_begin(operation, 0);
		operation->storage->time = (struct __kernel_timespec){ .tv_nsec = 1000 * below(3000) };
		io_uring_prep_timeout(sqe, &operation->storage->time, 0, 0);
		break;
	default: { /* closed in any case */
		int made = open("/dev/null", O_RDONLY);
		sqe = uring_begin(operation, URING_CLOSES);
		io_uring_prep_close(sqe, made);
	}
	}
}

static void take_plain(uring_operation *operation)
{
	if (operation->state != URING_DONE)
		return;
	bool makes = operation->flight_marks & URING_MAKES_FD;
	int32_t result = uring_take(operation);
	if (result == -ECANCELED)
		cancelled++;
	completed++;
	if (makes && result >= 0)
		uring_close_file(result);
}

static void accept_some(stator_task_id task)
{
	if (below(2)) {
		int made = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
		struct sockaddr_storage name;
		socklen_t size = sizeof name;
		getsockname(listener, (struct sockaddr *)&name, &size);
		connect(made, (struct sockaddr *)&name, size); /* or not: the backlog may be full */
		close(made);
	}
	if (!accepting) {
		struct io_uring_sqe *sqe = uring_begin(acceptor, URING_MULTI | URING_MAKES_FD);
		io_uring_prep_accept(sqe, listener, NULL, NULL, 0);
		if (uring_features() & URING_HAS_ACCEPTS)
			sqe->ioprio |= IORING_ACCEPT_MULTISHOT;
		accepting = true;
	}
	if (uring_poll(acceptor, &own->executor, task) == STATOR_PENDING)
		return;
	int32_t result = uring_take(acceptor);
	if (result >= 0) {
		accepted++;
		uring_close_file(result);
	}
}

static stator_task_id task_of(uint32_t slot)
{
	return stator_ready_id(&own->executor.ready, slot);
}

static void step(void)
{
	uint32_t number = below(PLAIN), slot = number % TASKS;
	uring_operation *operation = plain[number];
	stator_task_id task = task_of(slot);
	switch (below(14)) {
	case 0:
	case 1:
	case 2:
		take_plain(operation);
		if (operation->state == URING_IDLE || below(4) == 0)
			begin_plain(operation, number);
		break;
	case 3:
	case 4:
		if (operation->state != URING_IDLE && uring_poll(operation, &own->executor, task) == STATOR_READY)
			take_plain(operation);
		break;
	case 5:
		uring_drop(operation);
		break;
	case 6:
		uring_cancel(operation);
		break;
	case 7: /* a task ends, and comes again only when nothing of it is left */
		if (below(4))
			break;
		for (int i = 0; uring_end(&own->executor, task); i++) {
			check(i < 100000, "a task's operations are reaped");
			rest(10 * SHORTLY_NS, NEVER);
		}
		check(!uring_slot_of(task)->begun && !uring_slot_of(task)->completed, "nothing is left of a task");
		stator_ready_retire(&own->executor.ready, slot);
		break;
	case 8:
		if (operation->state == URING_IDLE) {
			begin_plain(operation, number);
			if (operation->state == URING_STARTED)
				uring_initiate(operation, &own->executor, task);
		}
		break;
	case 9: {
		int32_t done = uring_completed(&own->executor, task);
		if (done >= 0) {
			operation = uring_operation_find((uint32_t)done);
			if (operation->flight_marks & URING_MAKES_FD && operation->result >= 0)
				uring_close_file(operation->result);
			completed++;
		}
		break;
	}
	case 10:
		send_some(&streams[number % STREAMS]);
		break;
	case 11:
		receive(&streams[number % STREAMS], task);
		break;
	case 12:
		if (kept_count && below(2))
			check(uring_provided_release(kept[--kept_count]), "a kept buffer was out");
		else if (below(50) == 0) {
			close_stream(&streams[number % STREAMS]);
			open_stream(&streams[number % STREAMS]);
		} else if (below(60) == 0) {
			uring_drop(acceptor);
			accepting = false;
		} else
			accept_some(task);
		break;
	default:
		stator_port_pend(&sides[below(threads)].executor);
		if (below(2))
			uring_turn();
		else
			rest(SHORTLY_NS, NEVER);
	}
}

/* A descriptor that the ring closes, or opens, the sanitizer does not see: the next of that number looks like the same one to it. */
const char *__tsan_default_suppressions(void)
{
	return "race:uring_close_file\nrace:close_stream\nrace:accept_some\n";
}

static pthread_barrier_t together;

/* The first sends it off; who waits for it sleeps. */
static void pass_token(void)
{
	uint32_t number = (uint32_t)(own - sides);
	side *next = &sides[(number + 1) % threads];
	for (uint32_t round = 1; round <= ROUNDS; round++) {
		uint32_t wanted = number ? round : round - 1;
		while (__atomic_load_n(&own->token, __ATOMIC_ACQUIRE) < wanted) {
			uring_turn();
			rest(-1, wanted);
		}
		__atomic_fetch_add(&next->token, 1, __ATOMIC_RELEASE);
		stator_port_pend(&next->executor);
	}
}

static void *run(void *argument)
{
	own = argument;
	state = (seed + 0x9E3779B9u * (uint32_t)(own - sides)) | 1;
	stator_ready_init(&own->executor.ready, 32, calloc(1, stator_ready_size(32)), NULL);
	int status = uring_open(&own->executor);
	if (status) {
		printf("no ring: %s\n", strerror(-status));
		exit(77);
	}
	check(!uring_provide(), "provided buffers");
	uint32_t all = uring_provided_free();
	check(all == 8, "all buffers are free");
	for (uint32_t i = 0; i < PLAIN; i++) {
		plain[i] = uring_operation_new(true);
		memory[i] = uring_memory(BLOCK);
		check(plain[i] && memory[i], "memory");
	}
	acceptor = uring_operation_new(false);
	file = open("/tmp", O_TMPFILE | O_RDWR, 0600);
	listener = socket(AF_UNIX, SOCK_STREAM, 0);
	struct sockaddr name = { .sa_family = AF_UNIX };
	check(file >= 0 && !bind(listener, &name, sizeof name.sa_family) && !listen(listener, 16), "file and listener");
	for (uint32_t i = 0; i < STREAMS; i++) {
		streams[i].receiver = uring_operation_new(false);
		open_stream(&streams[i]);
	}
	pthread_barrier_wait(&together);
	for (uint32_t i = 0; i < steps; i++)
		step();
	if (own == sides)
		printf("features 0x%x completed %s cancelled %s accepted %s\n", (unsigned)uring_features(), completed > steps / SHOWN ? "many" : "few",
			cancelled ? "some" : "none", accepted ? "some" : "none");
	while (kept_count)
		uring_provided_release(kept[--kept_count]);
	for (uint32_t i = 0; i < STREAMS; i++)
		close_stream(&streams[i]);
	uring_drop(acceptor);
	for (uint32_t i = 0; i < PLAIN; i++) {
		uring_drop(plain[i]);
		for (int j = 0; uring_operation_delete(plain[i]) == -EBUSY; j++) {
			check(j < 100000, "an operation comes back");
			rest(10 * SHORTLY_NS, NEVER);
		}
	}
	for (int i = 0; uring_in_flight() && i < 10000; i++)
		rest(10 * SHORTLY_NS, NEVER);
	check(!uring_in_flight(), "nothing is in flight");
	check(uring_provided_free() == all, "every provided buffer is back");
	pass_token();
	/* One ends with something in flight. */
	struct io_uring_sqe *sqe = uring_begin(acceptor, 0);
	io_uring_prep_poll_add(sqe, listener, POLLPRI);
	uring_poll(acceptor, &own->executor, task_of(0));
	uring_turn();
	check(uring_in_flight() == 1, "it is in flight");
	linux_io_close();
	check(!uring_in_flight(), "nothing is left in flight");
	close(file);
	close(listener);
	return NULL;
}

int main(int argc, char **argv)
{
	check(argc == 6, "arguments: features seed steps threads inbox");
	allowed = (uint32_t)strtoul(argv[1], NULL, 0);
	seed = (uint32_t)strtoul(argv[2], NULL, 0);
	steps = (uint32_t)strtoul(argv[3], NULL, 0);
	threads = (uint32_t)strtoul(argv[4], NULL, 0);
	inbox = (uint32_t)strtoul(argv[5], NULL, 0);
	check(threads > 0 && threads <= THREADS, "so many threads");
	alarm(LIMIT_SECONDS);
	uint32_t before = descriptors();
	pthread_barrier_init(&together, NULL, threads);
	for (uint32_t i = 0; i < threads; i++)
		sides[i].sleeper = (linux_sleeper){ .wakeup = eventfd(0, EFD_NONBLOCK), .ring = -1 };
	for (uint32_t i = 0; i < threads; i++)
		check(!pthread_create(&sides[i].thread, NULL, run, &sides[i]), "thread");
	for (uint32_t i = 0; i < threads; i++)
		pthread_join(sides[i].thread, NULL);
	for (uint32_t i = 0; i < threads; i++)
		close(sides[i].sleeper.wakeup);
	check(descriptors() == before, "every descriptor is closed");
	printf("woken by messages %s by descriptor %s\n", messages ? "some" : "none", writes ? "some" : "none");
	puts("well");
	return 0;
}
