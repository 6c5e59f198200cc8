/*
 * A peer that means no good: opens so many connections to a port of this machine and never sends anything. Those beyond the listener's
 * backlog stay half open. `half-open PORT COUNT`; says how many were asked for and how many of them the other end's kernel has taken,
 * and holds them until its input ends.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SETTLE_MS = 500, STEP_MS = 10 };

/* How many are established. */
static int taken(struct pollfd *sockets, int count)
{
	int found = 0;
	poll(sockets, (nfds_t)count, 0);
	for (int i = 0; i < count; i++)
		found += sockets[i].revents & POLLOUT && !(sockets[i].revents & POLLERR);
	return found;
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	int count = atoi(argv[2]);
	struct rlimit limit;
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur < (rlim_t)count + 16) {
		printf("descriptors %lu\n", (unsigned long)limit.rlim_cur);
		return 77;
	}
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1])) };
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	struct pollfd *sockets = calloc((size_t)count, sizeof *sockets);
	for (int i = 0; i < count; i++) {
		sockets[i] = (struct pollfd){ .fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), .events = POLLOUT };
		if (sockets[i].fd < 0 || (connect(sockets[i].fd, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS)) {
			perror("connect");
			return 1;
		}
	}
	/* As long as more are taken, the other end is not through. */
	int now = -1;
	for (int before, quiet = 0; quiet < SETTLE_MS; quiet = now > before ? 0 : quiet + STEP_MS) {
		before = now;
		now = taken(sockets, count);
		usleep(STEP_MS * 1000);
	}
	printf("asked %d taken %d\n", count, now);
	fflush(stdout);
	while (getchar() != EOF)
		;
	free(sockets);
	return 0;
}
