/*
 * The client of the echo servers: `load <port> <process id> <connections> <bytes> <requests>`. Every connection has one request under way;
 * each answer is compared with what was sent. Prints what processor time the server took for them, all its threads (and those of the kernel
 * that work for its ring) counted, as the scheduler counts them: /proc/<id>/task/<thread>/schedstat.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 1024, BYTES_MAX = 4096, EVENTS = 256 };

struct connection {
	int socket;
	unsigned received;
	uint32_t number; /* of its request under way */
};

static struct connection connections[CONNECTIONS_MAX];
static unsigned bytes;
static long asked, answered, requests;
static int server;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static double server_cpu(void)
{
	char path[320];
	snprintf(path, sizeof path, "/proc/%d/task", server);
	DIR *threads = opendir(path);
	if (threads == NULL)
		fail(path);
	double sum = 0;
	for (struct dirent *one; (one = readdir(threads)) != NULL;) {
		if (one->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", server, one->d_name);
		FILE *file = fopen(path, "r");
		double ns;
		if (file == NULL)
			continue; /* it has just ended */
		if (fscanf(file, "%lf", &ns) == 1)
			sum += ns;
		fclose(file);
	}
	closedir(threads);
	return sum;
}

static void fill(char *message, const struct connection *connection, uint32_t number)
{
	for (unsigned i = 0; i < bytes; i++)
		message[i] = (char)(number * 31 + (uint32_t)(connection - connections) + i);
}

static void ask(struct connection *connection)
{
	char message[BYTES_MAX];
	fill(message, connection, ++connection->number);
	connection->received = 0;
	asked++;
	if (send(connection->socket, message, bytes, MSG_NOSIGNAL) != (ssize_t)bytes)
		fail("send");
}

static void take(struct connection *connection)
{
	char expected[BYTES_MAX], message[BYTES_MAX];
	ssize_t length = recv(connection->socket, message, bytes - connection->received, 0);
	if (length <= 0)
		fail("the server has gone");
	fill(expected, connection, connection->number);
	if (memcmp(message, expected + connection->received, (size_t)length) != 0) {
		fprintf(stderr, "an answer that is not what was sent\n");
		exit(1);
	}
	connection->received += (unsigned)length;
	if (connection->received < bytes)
		return;
	answered++;
	if (asked < requests)
		ask(connection);
}

static void run(int poll, int count, long more)
{
	requests = asked + more;
	for (int i = 0; i < count && asked < requests; i++)
		ask(&connections[i]);
	struct epoll_event events[EVENTS];
	while (answered < requests) {
		int ready = epoll_wait(poll, events, EVENTS, 10000);
		if (ready <= 0) {
			fprintf(stderr, "no answer for 10 s\n");
			exit(1);
		}
		for (int i = 0; i < ready; i++)
			take(events[i].data.ptr);
	}
}

int main(int argc, char **argv)
{
	if (argc != 6)
		return 2;
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	server = atoi(argv[2]);
	int count = atoi(argv[3]);
	bytes = (unsigned)atoi(argv[4]);
	long total = atol(argv[5]);
	if (count < 1 || count > CONNECTIONS_MAX || bytes < 1 || bytes > BYTES_MAX)
		return 2;
	int poll = epoll_create1(EPOLL_CLOEXEC), one = 1;
	for (int i = 0; i < count; i++) {
		int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (client < 0 || connect(client, (struct sockaddr *)&address, sizeof address) < 0)
			fail("connect");
		setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
		connections[i].socket = client;
		struct epoll_event event = { .events = EPOLLIN, .data.ptr = &connections[i] };
		if (epoll_ctl(poll, EPOLL_CTL_ADD, client, &event) < 0)
			fail("epoll_ctl");
	}
	run(poll, count, total / 10);
	long first = answered;
	struct timespec begin, end;
	clock_gettime(CLOCK_MONOTONIC, &begin);
	double cpu = server_cpu();
	run(poll, count, total);
	cpu = server_cpu() - cpu;
	clock_gettime(CLOCK_MONOTONIC, &end);
	printf("{\"count\":%ld,\"cpu_ns\":%.0f,\"wall_ns\":%.0f}\n", answered - first, cpu,
	       (double)(end.tv_sec - begin.tv_sec) * 1e9 + (double)(end.tv_nsec - begin.tv_nsec));
	return 0;
}
