/*
 * Plays operations from stdin on native/xs/queue.c and prints what each gives: one line each, wakes first.
 *
 *   p name size count    opens a pool: its status and number     q name   opens a queue: its number
 *   a pool               a message: its number, -1 when all are in use; its bytes are written to and hold its number then
 *   f pool number        frees it: a status
 *   u queue pool number  puts it into a queue: a status
 *   t queue              takes the first: its pool and number, or -1
 *   w queue wait waker   waits
 *   l queue wait         waits no more
 *
 * Memory is given in pieces of exactly the size asked for. Each call has to leave interrupts as it found them.
 */
#include "port.h"
#include "queue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POOLS = 8, WAITS = 16 };

static stator_message_pool *pools[POOLS];
static stator_queue *queues[POOLS];
static stator_queue_wait waits[WAITS];
static uint32_t masked;

uint32_t stator_port_lock(void)
{
	return masked++;
}

void stator_port_unlock(uint32_t state)
{
	masked = state;
}

bool stator_wake(stator_executor *executor, stator_task_id id)
{
	(void)executor;
	if (masked)
		abort(); /* waking may take long */
	printf("w%d ", (int)id);
	return id % 5 != 0; /* the others have ended */
}

static void *keep(size_t size)
{
	return calloc(1, size);
}

static long number(void)
{
	long value;
	if (scanf("%ld", &value) != 1)
		exit(2);
	return value;
}

static stator_message *message(void)
{
	stator_message_pool *pool = pools[number()];
	return (stator_message *)(pool->messages + (size_t)number() * pool->stride);
}

static void open_pool(void)
{
	char name[20];
	if (scanf("%19s", name) != 1)
		exit(2);
	stator_message_pool *pool;
	long size = number(), count = number();
	int status = stator_pool_open(name, (uint32_t)size, (uint32_t)count, keep, &pool);
	pools[pool->number] = pool;
	printf("%d %d\n", status != 0, pool->number);
	if (stator_pool_find(name) != pool)
		abort();
}

static void open_queue(void)
{
	char name[20];
	if (scanf("%19s", name) != 1)
		exit(2);
	stator_queue *queue;
	if (stator_queue_open(name, keep, &queue) || stator_queue_find(name) != queue)
		abort();
	queues[queue->number] = queue;
	printf("%d\n", queue->number);
}

static void alloc(void)
{
	stator_message *got = stator_pool_alloc(pools[number()]);
	if (got)
		memset(got->data, got->number & 0xFF, got->pool->size);
	printf("%d\n", got ? got->number : -1);
}

static void take(void)
{
	stator_message *got = stator_queue_take(queues[number()]);
	for (int i = 0; got && i < got->pool->size; i++)
		if (got->data[i] != (got->number & 0xFF))
			abort();
	if (got)
		printf("%d %d\n", got->pool->number, got->number);
	else
		printf("-1\n");
}

static void play(char operation)
{
	static stator_executor executor;
	stator_queue *queue;
	stator_queue_wait *wait;
	switch (operation) {
	case 'p': open_pool(); break;
	case 'q': open_queue(); break;
	case 'a': alloc(); break;
	case 'f': printf("%d\n", stator_message_free(message())); break;
	case 'u':
		queue = queues[number()];
		printf("%d\n", stator_queue_put(queue, message()));
		break;
	case 't': take(); break;
	case 'w':
		queue = queues[number()];
		wait = &waits[number()];
		stator_queue_await(queue, wait, &executor, (stator_task_id)number());
		printf("\n");
		break;
	case 'l':
		queue = queues[number()];
		stator_queue_leave(queue, &waits[number()]);
		printf("\n");
		break;
	default:
		fprintf(stderr, "no such operation: %c\n", operation);
		exit(2);
	}
}

int main(void)
{
	char operation;
	while (scanf(" %c", &operation) == 1) {
		play(operation);
		if (masked)
			abort();
	}
	return 0;
}
