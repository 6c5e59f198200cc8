/*
 * Wakers on threads against one drainer: no wake is lost, and what a waker wrote before it woke is seen by the poll.
 * Run under ThreadSanitizer, which knows no order but the one that the ready set makes.
 *
 *   ready-threads handover <wakers> <wakes each>   each waker waits for the poll of its last wake: one poll a wake
 *   ready-threads storm <wakers> <wakes each>      all wake all slots as fast as they can; the last wake of each is seen
 *   ready-threads retire <wakers> <wakes each>     the drainer ends tenancies meanwhile: stale wakes poll nobody
 */
#include "ready.h"
#include "port.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SLOTS = 130, WAKERS_MAX = 8, PATIENCE_SECONDS = 60 };

uint32_t stator_port_now(void)
{
	return 0;
}

static stator_ready set;
static unsigned long wakes_each;
static int wakers;
static time_t deadline;

/* One a slot. `written` is not atomic on purpose: the wake has to order it. */
static unsigned long written[SLOTS];
static unsigned long seen[SLOTS]; /* atomic */
static unsigned long sent[SLOTS]; /* atomic */
static stator_task_id present[SLOTS]; /* atomic: the id that wakers use */
static int running; /* atomic */

static void lost(const char *what, int slot)
{
	fprintf(stderr, "%s: the wake of slot %d was lost\n", what, slot);
	_Exit(1);
}

/* A waker owns one slot. */
static void *hand_over(void *argument)
{
	int slot = (int)(intptr_t)argument;
	for (unsigned long i = 1; i <= wakes_each; i++) {
		written[slot] = i;
		if (!stator_ready_wake(&set, stator_ready_id(&set, (uint32_t)slot)))
			lost("refused", slot);
		while (__atomic_load_n(&seen[slot], __ATOMIC_ACQUIRE) != i) {
			if (time(NULL) > deadline)
				lost("handover", slot);
			sched_yield();
		}
	}
	__atomic_fetch_sub(&running, 1, __ATOMIC_RELEASE);
	return NULL;
}

static void *storm(void *argument)
{
	unsigned state = (unsigned)(intptr_t)argument + 1;
	for (unsigned long i = 0; i < wakes_each; i++) {
		state = state * 1664525u + 1013904223u;
		uint32_t slot = (state >> 8) % SLOTS;
		__atomic_fetch_add(&sent[slot], 1, __ATOMIC_RELAXED);
		stator_ready_wake(&set, __atomic_load_n(&present[slot], __ATOMIC_RELAXED));
	}
	__atomic_fetch_sub(&running, 1, __ATOMIC_RELEASE);
	return NULL;
}

int main(int count, char **arguments)
{
	if (count != 4)
		return 2;
	const char *mode = arguments[1];
	wakers = atoi(arguments[2]);
	wakes_each = strtoul(arguments[3], NULL, 10);
	deadline = time(NULL) + PATIENCE_SECONDS;
	if (wakers < 1 || wakers > WAKERS_MAX)
		return 2;
	stator_ready_init(&set, SLOTS, calloc(1, stator_ready_size(SLOTS)), NULL);
	for (uint32_t slot = 0; slot < SLOTS; slot++) {
		stator_ready_level(&set, slot, slot % STATOR_LEVELS);
		present[slot] = stator_ready_id(&set, slot);
	}

	bool handover = !strcmp(mode, "handover"), retire = !strcmp(mode, "retire");
	pthread_t threads[WAKERS_MAX];
	running = wakers;
	for (int i = 0; i < wakers; i++) {
		/* Far apart, near each other, and in one word: neighbours must not disturb each other. */
		int slot = i == 0 ? 0 : i == 1 ? 129 : 63 + i;
		if (pthread_create(&threads[i], NULL, handover ? hand_over : storm, (void *)(intptr_t)(handover ? slot : i)))
			return 2;
	}

	unsigned long polls = 0, tenants = 0;
	for (;;) {
		bool last = !__atomic_load_n(&running, __ATOMIC_ACQUIRE);
		stator_ready_begin(&set);
		for (int32_t slot; (slot = stator_ready_next(&set)) >= 0; polls++) {
			if (handover)
				__atomic_store_n(&seen[slot], written[slot], __ATOMIC_RELEASE);
			else
				seen[slot] = __atomic_load_n(&sent[slot], __ATOMIC_RELAXED);
			if (retire && polls % 3 == 0) {
				stator_task_id next = stator_ready_retire(&set, (uint32_t)slot);
				__atomic_store_n(&present[slot], next, __ATOMIC_RELAXED);
				tenants++;
			}
		}
		if (last && !stator_ready_any(&set))
			break;
		if (time(NULL) > deadline)
			lost(mode, -1);
	}
	for (int i = 0; i < wakers; i++)
		pthread_join(threads[i], NULL);

	if (handover) {
		if (polls != (unsigned long)wakers * wakes_each) {
			fprintf(stderr, "handover: %lu polls for %lu wakes\n", polls, (unsigned long)wakers * wakes_each);
			return 1;
		}
	} else if (!retire)
		for (int slot = 0; slot < SLOTS; slot++)
			if (seen[slot] != sent[slot])
				lost("storm", slot);
	printf("%lu polls, %lu tenants\n", polls, tenants);
	return 0;
}
