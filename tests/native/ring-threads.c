/*
 * Threads put numbers into one channel, a signal and a pipe; one thread waits for them, as an executor's task does: polls, sleeps until it is
 * woken, polls. Under ThreadSanitizer. Each producer's numbers have to arrive in their order, none twice, none lost: a refused one
 * is sent again. A wake that was lost leaves the reader asleep, and the alarm ends the program.
 */
#include "port.h"
#include "ring.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PRODUCERS = 3, SHIFT = 24 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sem_t woken;
static uint32_t count;
static stator_channel *channel;
static stator_signal *signal_;
static stator_pipe *pipe_;

uint32_t stator_port_lock(void)
{
	pthread_mutex_lock(&lock);
	return 0;
}

void stator_port_unlock(uint32_t state)
{
	(void)state;
	pthread_mutex_unlock(&lock);
}

bool stator_wake(stator_executor *executor, stator_task_id id)
{
	(void)executor;
	(void)id;
	sem_post(&woken);
	return true;
}

static void *keep(size_t size)
{
	return calloc(1, size);
}

static void *produce(void *argument)
{
	uint32_t number = (uint32_t)(uintptr_t)argument, refused = 0;
	for (uint32_t i = 1; i <= count; i++) {
		uint32_t value = number << SHIFT | i;
		stator_signal_set(signal_, &value);
		while (!stator_channel_try_send(channel, &value))
			refused++;
		if (number == 0) {
			uint8_t byte = (uint8_t)i;
			while (!stator_pipe_try_write(pipe_, &byte, 1))
				;
		}
	}
	return (void *)(uintptr_t)refused;
}

static void wait_until_woken(void)
{
	while (sem_wait(&woken) && errno == EINTR)
		;
}

int main(int argc, char **argv)
{
	static stator_executor executor;
	pthread_t threads[PRODUCERS];
	uint32_t last[PRODUCERS] = { 0 }, latest[PRODUCERS] = { 0 }, received = 0, bytes = 0, refused = 0;
	stator_ring *ring;
	stator_ring_wait *waits[3];
	count = argc > 1 ? (uint32_t)atoi(argv[1]) : 1000;
	alarm(60);
	sem_init(&woken, 0, 0);
	stator_ring_open(STATOR_RING_CHANNEL, "c", 4, 4, 7, keep, &ring);
	channel = stator_channel_find("c");
	stator_ring_open(STATOR_RING_SIGNAL, "s", 4, 4, 1, keep, &ring);
	signal_ = stator_signal_find("s");
	stator_ring_open(STATOR_RING_PIPE, "p", 0, 1, 5, keep, &ring);
	pipe_ = stator_pipe_find("p");
	for (int i = 0; i < 3; i++) {
		waits[i] = keep(sizeof **waits + 8);
		waits[i]->room = 8;
	}
	stator_ring_start(waits[0], &channel->ring);
	stator_ring_start(waits[1], &signal_->ring);
	stator_ring_start(waits[2], &pipe_->ring);
	for (uintptr_t i = 0; i < PRODUCERS; i++)
		pthread_create(&threads[i], NULL, produce, (void *)i);
	while (received < PRODUCERS * count || bytes < count || latest[0] + latest[1] + latest[2] == 0) {
		while (stator_ring_poll(waits[0], &executor, 1) == STATOR_READY) {
			uint32_t value = *(uint32_t *)waits[0]->item, producer = value >> SHIFT;
			if ((value & ((1u << SHIFT) - 1)) != ++last[producer]) {
				printf("of %u came %u, not %u\n", producer, value & ((1u << SHIFT) - 1), last[producer]);
				return 1;
			}
			received++;
		}
		while (stator_ring_poll(waits[1], &executor, 2) == STATOR_READY) {
			uint32_t value = *(uint32_t *)waits[1]->item, producer = value >> SHIFT, is = value & ((1u << SHIFT) - 1);
			if (is <= latest[producer]) {
				printf("the signal went back: %u behind %u\n", is, latest[producer]);
				return 1;
			}
			latest[producer] = is;
		}
		while (stator_ring_poll(waits[2], &executor, 3) == STATOR_READY) {
			uint8_t byte;
			while (stator_pipe_try_read(pipe_, &byte, 1))
				if (byte != (uint8_t)++bytes) {
					printf("byte %u is %u\n", bytes, byte);
					return 1;
				}
		}
		if (received < PRODUCERS * count || bytes < count)
			wait_until_woken();
	}
	for (int i = 0; i < PRODUCERS; i++) {
		void *result;
		pthread_join(threads[i], &result);
		refused += (uint32_t)(uintptr_t)result;
	}
	printf("received %u, bytes %u, refused as counted: %s\n", received, bytes, refused == channel->ring.refused ? "yes" : "no");
	return 0;
}
