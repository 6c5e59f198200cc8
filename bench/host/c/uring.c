/*
 * What the kernel costs: reads and an echo server in plain C on liburing, one ring, no executor. `uring reads <reads> <file>`, `uring echo 0`.
 *
 * Reads: a registered file, registered buffers, 32 in flight; what has completed is taken together and submitted again together.
 * Echo: one receive in flight for each connection, answered by a send; the same way of submitting.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <liburing.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { DEPTH = 32, BLOCK = 4096, BLOCK_SHIFT = 18, ENTRIES = 256, CONNECTIONS = 1024 };

static struct io_uring ring;
static char buffers[CONNECTIONS][BLOCK] __attribute__((aligned(BLOCK)));

static void fail(const char *what, int status)
{
	fprintf(stderr, "%s: %s\n", what, strerror(status < 0 ? -status : status));
	exit(1);
}

static double nanoseconds(clockid_t clock)
{
	struct timespec time;
	clock_gettime(clock, &time);
	return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void begin(void)
{
	struct io_uring_params params = { .flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_COOP_TASKRUN };
	int status = io_uring_queue_init_params(ENTRIES, &ring, &params);
	if (status == -EINVAL)
		status = io_uring_queue_init(ENTRIES, &ring, 0); /* an older kernel */
	if (status < 0)
		fail("io_uring_queue_init", status);
}

static struct io_uring_sqe *entry(void)
{
	struct io_uring_sqe *sqe;
	while ((sqe = io_uring_get_sqe(&ring)) == NULL)
		io_uring_submit(&ring);
	return sqe;
}

static uint32_t blocks_of[DEPTH], seed = 1;

static void read_next(unsigned slot)
{
	seed = seed * 1664525 + 1013904223;
	blocks_of[slot] = seed >> BLOCK_SHIFT;
	struct io_uring_sqe *sqe = entry();
	io_uring_prep_read_fixed(sqe, 0, buffers[slot], BLOCK, (uint64_t)blocks_of[slot] * BLOCK, (int)slot);
	sqe->flags |= IOSQE_FIXED_FILE;
	io_uring_sqe_set_data64(sqe, slot);
}

static long reads(long count)
{
	long asked = 0, did = 0;
	for (; asked < count && asked < DEPTH; asked++)
		read_next((unsigned)asked);
	while (did < count) {
		io_uring_submit_and_wait(&ring, 1);
		struct io_uring_cqe *cqe;
		unsigned head, seen = 0;
		io_uring_for_each_cqe(&ring, head, cqe) {
			unsigned slot = (unsigned)cqe->user_data;
			if (cqe->res != BLOCK)
				fail("read", cqe->res);
			if (memcmp(buffers[slot], &blocks_of[slot], 4) != 0)
				fail("a block that is not the one asked for", 0);
			seen++;
			did++;
			if (asked < count) {
				read_next(slot);
				asked++;
			}
		}
		io_uring_cq_advance(&ring, seen);
	}
	return did;
}

static void bench_reads(long count, const char *path)
{
	int file = open(path, O_RDONLY);
	struct iovec vectors[DEPTH];
	for (int i = 0; i < DEPTH; i++)
		vectors[i] = (struct iovec){ buffers[i], BLOCK };
	if (file < 0 || io_uring_register_files(&ring, &file, 1) < 0)
		fail("the file", 2);
	int status = io_uring_register_buffers(&ring, vectors, DEPTH);
	if (status < 0)
		fail("io_uring_register_buffers", status);
	reads(count / 10);
	double wall = nanoseconds(CLOCK_MONOTONIC), cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID);
	long did = reads(count);
	cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	wall = nanoseconds(CLOCK_MONOTONIC) - wall;
	printf("{\"count\":%ld,\"wall_ns\":%.0f,\"cpu_ns\":%.0f}\n", did, wall, cpu);
}

/* user_data of the echo server: what it is, the length still to be sent and the connection */
enum { ACCEPT, RECEIVE, SEND };

static void ask_accept(int listener)
{
	struct io_uring_sqe *sqe = entry();
	io_uring_prep_accept(sqe, listener, NULL, NULL, SOCK_CLOEXEC);
	io_uring_sqe_set_data64(sqe, ACCEPT);
}

static void ask_receive(int connection)
{
	struct io_uring_sqe *sqe = entry();
	io_uring_prep_recv(sqe, connection, buffers[connection], BLOCK, 0);
	io_uring_sqe_set_data64(sqe, RECEIVE | (uint64_t)connection << 2);
}

static void ask_send(int connection, int length)
{
	struct io_uring_sqe *sqe = entry();
	io_uring_prep_send(sqe, connection, buffers[connection], (size_t)length, MSG_WAITALL);
	io_uring_sqe_set_data64(sqe, SEND | (uint64_t)connection << 2);
}

static void bench_echo(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
	if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) < 0 || listen(listener, 128) < 0 ||
	    getsockname(listener, (struct sockaddr *)&address, &length) < 0)
		fail("listen", 98);
	printf("listening at port %d\n", ntohs(address.sin_port));
	fflush(stdout);
	ask_accept(listener);
	for (;;) {
		io_uring_submit_and_wait(&ring, 1);
		struct io_uring_cqe *cqe;
		unsigned head, seen = 0;
		io_uring_for_each_cqe(&ring, head, cqe) {
			seen++;
			int connection = (int)(cqe->user_data >> 2);
			switch (cqe->user_data & 3) {
			case ACCEPT:
				if (cqe->res < 0 || cqe->res >= CONNECTIONS)
					fail("accept", cqe->res);
				setsockopt(cqe->res, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
				ask_receive(cqe->res);
				ask_accept(listener);
				break;
			case RECEIVE:
				if (cqe->res <= 0) {
					shutdown(connection, SHUT_RDWR);
					io_uring_prep_close(entry(), connection);
				} else
					ask_send(connection, cqe->res);
				break;
			default:
				ask_receive(connection);
			}
		}
		io_uring_cq_advance(&ring, seen);
	}
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	begin();
	if (strcmp(argv[1], "reads") == 0 && argc > 3)
		bench_reads(atol(argv[2]), argv[3]);
	else if (strcmp(argv[1], "echo") == 0)
		bench_echo();
	else
		return 2;
	return 0;
}
