/*
 * The ring's operations against this machine's kernel, under sanitizers: random beginnings, polls, drops and ends of tasks over
 * sockets, pipes and a file, with the features that argument 1 leaves (URING_HAS_ bits), from seed argument 2, for so many steps as
 * argument 3. At the end nothing may be in flight, every provided buffer and every descriptor has to be back, and the bytes of each
 * stream must have come in their order.
 */
#define _GNU_SOURCE
#include "heap.h"
#include "io-hooks.h"
#include "io-settings.h"
#include "uring.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TASKS = 8, PLAIN = 24, STREAMS = 6, BLOCK = 256, SHOWN = 100 };

const stator_io_settings_t stator_io_settings = { .entries = 8, .files = 64, .buffer_bytes = 1 << 20, .provided = 8, .provided_bytes = 128 };

static uint32_t allowed, state;

int32_t uring_fault(int where, uring_operation *operation, int32_t value)
{
	(void)operation;
	switch (where) {
	case URING_FAULT_FEATURES:
		return (int32_t)((uint32_t)value & allowed);
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

static stator_executor executor;

/* A stream: what is written to `theirs` is received from `ours`; bytes count up. */
typedef struct {
	uring_operation *receiver;
	int ours, theirs;
	uint8_t sent, received;
	bool receiving;
} stream;

static stream streams[STREAMS];
static uring_operation *plain[PLAIN];
static char *memory[PLAIN];
static int file, listener;
static uring_operation *acceptor;
static bool accepting;
static uint32_t accepted, completed, cancelled;

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
		uring_turn();
	close(of->ours);
	close(of->theirs);
}

static void begin_receiving(stream *of)
{
	struct io_uring_sqe *sqe = uring_begin(of->receiver, URING_MULTI | URING_PROVIDED);
	io_uring_prep_recv(sqe, of->ours, NULL, 0, 0);
	sqe->flags |= IOSQE_BUFFER_SELECT;
	sqe->buf_group = URING_PROVIDED_GROUP;
	if ((uring_features() & (URING_HAS_RECEIVES | URING_HAS_PROVIDED)) == (URING_HAS_RECEIVES | URING_HAS_PROVIDED))
		sqe->ioprio |= IORING_RECV_MULTISHOT;
	of->receiving = true;
}

static uint32_t kept[4], kept_count;

static void receive(stream *of, stator_task_id task)
{
	if (!of->receiving)
		begin_receiving(of);
	if (uring_poll(of->receiver, &executor, task) == STATOR_PENDING)
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
	if (uring_poll(acceptor, &executor, task) == STATOR_PENDING)
		return;
	int32_t result = uring_take(acceptor);
	if (result >= 0) {
		accepted++;
		uring_close_file(result);
	}
}

static stator_task_id task_of(uint32_t slot)
{
	return stator_ready_id(&executor.ready, slot);
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
		if (operation->state != URING_IDLE && uring_poll(operation, &executor, task) == STATOR_READY)
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
		for (int i = 0; uring_end(&executor, task); i++) {
			check(i < 100000, "a task's operations are reaped");
			linux_io_sleep(-1, 1000000);
		}
		check(!uring_slot_of(task)->begun && !uring_slot_of(task)->completed, "nothing is left of a task");
		stator_ready_retire(&executor.ready, slot);
		break;
	case 8:
		if (operation->state == URING_IDLE) {
			begin_plain(operation, number);
			if (operation->state == URING_STARTED)
				uring_initiate(operation, &executor, task);
		}
		break;
	case 9: {
		int32_t done = uring_completed(&executor, task);
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
		if (below(2))
			uring_turn();
		else
			linux_io_sleep(-1, 100000);
	}
}

int main(int argc, char **argv)
{
	check(argc == 4, "arguments: features seed steps");
	allowed = (uint32_t)strtoul(argv[1], NULL, 0);
	state = (uint32_t)strtoul(argv[2], NULL, 0) | 1;
	uint32_t steps = (uint32_t)strtoul(argv[3], NULL, 0);
	stator_ready_init(&executor.ready, 32, calloc(1, stator_ready_size(32)), NULL);
	int status = uring_open(&executor);
	if (status) {
		printf("no ring: %s\n", strerror(-status));
		return 77;
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
	for (uint32_t i = 0; i < STREAMS; i++)
		streams[i].receiver = uring_operation_new(false);
	uint32_t before = descriptors();
	for (uint32_t i = 0; i < STREAMS; i++)
		open_stream(&streams[i]);
	for (uint32_t i = 0; i < steps; i++)
		step();
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
			linux_io_sleep(-1, 1000000);
		}
	}
	for (int i = 0; uring_in_flight() && i < 10000; i++)
		linux_io_sleep(-1, 1000000);
	check(!uring_in_flight(), "nothing is in flight");
	check(uring_provided_free() == all, "every provided buffer is back");
	check(descriptors() == before, "every descriptor is closed");
	linux_io_close();
	puts("well");
	return 0;
}
