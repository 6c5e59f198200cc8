/*
 * Plays operations from stdin on native/xs/ring.c and prints what each gives: one line each, wakes first.
 *
 *   o kind name format size capacity   opens a ring: whether it was refused, and its number
 *   p ring value                       puts a number in: 1 or 0       g ring   the oldest, or -1
 *   b ring first count                 writes bytes: how many         r ring count   reads: the bytes
 *   s wait ring                        begins a wait                  w wait waker   polls: the number, or -1
 *   l wait                             waits no more                  c ring   forgets
 *   n ring                             how many are in it, how many were refused
 *
 * Memory is given in pieces of exactly the size asked for. A waker that 5 divides is that of a task that has ended. Each call has
 * to leave interrupts as it found them.
 */
#include "port.h"
#include "ring.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RINGS = 16, WAITS = 16, READ_MAX = 256 };

static stator_ring *rings[RINGS];
static stator_ring_wait *waits[WAITS];
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
	return id % 5 != 0;
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

static void open_ring(void)
{
	char name[20];
	long kind = number();
	if (scanf("%19s", name) != 1)
		exit(2);
	long format = number(), size = number(), capacity = number();
	stator_ring *ring;
	int status = stator_ring_open((uint32_t)kind, name, (uint32_t)format, (uint32_t)size, (uint32_t)capacity, keep, &ring);
	printf("%d %d\n", status != 0, ring->number);
	rings[ring->number] = ring;
	bool found[] = { stator_signal_find(name) != NULL, stator_channel_find(name) != NULL, stator_pipe_find(name) != NULL };
	for (int i = 0; i < 3; i++)
		if (found[i] != (i == ring->kind))
			abort();
}

/* An item that holds a number, in memory of its size. */
static void *item_of(const stator_ring *ring, long value)
{
	uint8_t *item = malloc(ring->size);
	memset(item, 0xA5, ring->size);
	memcpy(item, &value, ring->size < 4 ? ring->size : 4);
	return item;
}

static long number_in(const stator_ring *ring, const uint8_t *item)
{
	uint32_t value = 0;
	memcpy(&value, item, ring->size < 4 ? ring->size : 4);
	for (int i = 4; i < ring->size; i++)
		if (item[i] != 0xA5)
			abort();
	return (long)value;
}

/* By the functions of the face, as a handler would. */
static void put(void)
{
	stator_ring *ring = rings[number()];
	void *item = item_of(ring, number());
	bool room = true;
	if (ring->kind == STATOR_RING_SIGNAL)
		stator_signal_set((stator_signal *)ring, item);
	else
		room = ring->kind == STATOR_RING_CHANNEL ? stator_channel_try_send((stator_channel *)ring, item) : stator_ring_put(ring, item);
	free(item);
	printf("%d\n", room);
}

static void get(void)
{
	stator_ring *ring = rings[number()];
	uint8_t *item = malloc(ring->size);
	bool there = ring->kind == STATOR_RING_SIGNAL ? stator_signal_try_take((stator_signal *)ring, item)
		: ring->kind == STATOR_RING_CHANNEL ? stator_channel_try_receive((stator_channel *)ring, item) : stator_ring_get(ring, item);
	printf("%ld\n", there ? number_in(ring, item) : -1);
	free(item);
}

static void write_bytes(void)
{
	stator_ring *ring = rings[number()];
	uint8_t first = (uint8_t)number();
	uint32_t count = (uint32_t)number();
	uint8_t *bytes = malloc(count + 1);
	for (uint32_t i = 0; i < count; i++)
		bytes[i] = (uint8_t)(first + i);
	printf("%u\n", (unsigned)stator_pipe_try_write((stator_pipe *)ring, bytes, count));
	free(bytes);
}

static void read_bytes(void)
{
	stator_ring *ring = rings[number()];
	uint32_t count = (uint32_t)number();
	uint8_t *bytes = malloc(count + 1);
	count = stator_pipe_try_read((stator_pipe *)ring, bytes, count);
	for (uint32_t i = 0; i < count; i++)
		printf("%u ", bytes[i]);
	printf("\n");
	free(bytes);
}

static void poll_wait(void)
{
	static stator_executor executor;
	stator_ring_wait *wait = waits[number()];
	int outcome = stator_ring_poll(wait, &executor, (stator_task_id)number());
	if (outcome == STATOR_PENDING)
		printf("-1\n");
	else
		printf("%ld\n", wait->ring->kind == STATOR_RING_PIPE ? 0 : number_in(wait->ring, wait->item));
}

static void play(char operation)
{
	stator_ring *ring;
	stator_ring_wait *wait;
	switch (operation) {
	case 'o': open_ring(); break;
	case 'p': put(); break;
	case 'g': get(); break;
	case 'b': write_bytes(); break;
	case 'r': read_bytes(); break;
	case 's':
		wait = waits[number()];
		stator_ring_start(wait, rings[number()]);
		printf("\n");
		break;
	case 'w': poll_wait(); break;
	case 'l':
		stator_ring_leave(waits[number()]);
		printf("\n");
		break;
	case 'c':
		ring = rings[number()];
		if (ring->kind == STATOR_RING_SIGNAL)
			stator_signal_reset((stator_signal *)ring);
		else
			stator_ring_clear(ring);
		printf("\n");
		break;
	case 'n':
		ring = rings[number()];
		printf("%u %u\n", ring->length, (unsigned)ring->refused);
		break;
	default:
		fprintf(stderr, "no such operation: %c\n", operation);
		exit(2);
	}
}

int main(void)
{
	for (int i = 0; i < WAITS; i++) {
		waits[i] = keep(sizeof **waits + STATOR_ITEM_MAX);
		waits[i]->room = STATOR_ITEM_MAX;
	}
	char operation;
	while (scanf(" %c", &operation) == 1) {
		play(operation);
		if (masked)
			abort();
	}
	return 0;
}
