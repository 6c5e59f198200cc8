/*
 * Executors on threads without an engine: each has a porter that carries work as src/threads/porter.ts does, and sleeps when there is nothing. The
 * main thread submits, attaches, posts, cancels at random, and counts what comes back: every piece exactly once, with its sum, from an executor
 * that may have it; then a dispatcher quits. Under ThreadSanitizer, and AddressSanitizer. A wake that is lost leaves everybody asleep, and the alarm
 * ends the program.
 */
#include "dispatch.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { EXECUTORS = 4, WORKS = 40, TASKS = 2, SLOTS = 3, CAPACITY = 8, LATER = 16 };

typedef struct {
	stator_executor executor;
	sem_t woken;
	uint32_t number, ran[TASKS];
	work *running[LATER]; /* that ends in a later turn */
	uint32_t count;
	bool quits;
} place;

static place places[1 + EXECUTORS];
static uint32_t posted; /* atomic */

static void fail(const char *what, long value)
{
	fprintf(stderr, "%s: %ld\n", what, value);
	exit(1);
}

bool stator_wake(stator_executor *executor, stator_task_id id)
{
	(void)id;
	sem_post(&((place *)executor)->woken);
	return true;
}

static void *keep(size_t size)
{
	return calloc(1, size);
}

static void end(place *place, work *work)
{
	double value = work->arguments[0] + work->arguments[1];
	uint32_t what = dispatch_what(work), task = what & 0xFF;
	if (work->pooled)
		__atomic_fetch_add(&posted, 1, __ATOMIC_RELAXED);
	place->ran[task]--;
	if (what >> 16 & WORK_CANCELLED)
		dispatch_end(work, -ECANCELED, NULL);
	else
		dispatch_end(work, 0, &value);
}

/* One turn of a porter, and of what runs there: half of it ends at once, the rest in a later turn. */
static bool turn(place *place, uint32_t *seed)
{
	for (;;) {
		int32_t next = dispatch_next(place->number, 7, place->count > 1);
		if (next == NEXT_NOTHING)
			break;
		if (next == NEXT_LATER) {
			end(place, place->running[--place->count]);
			continue;
		}
		if ((next & ((1 << NEXT_BITS) - 1)) == NEXT_QUIT) {
			place->quits = true;
			continue;
		}
		work *work = dispatch_find((uint32_t)next >> NEXT_BITS);
		if ((next & ((1 << NEXT_BITS) - 1)) == NEXT_ASKED)
			continue;
		if ((next & ((1 << NEXT_BITS) - 1)) != NEXT_BEGIN)
			fail("what is this", next);
		uint32_t task = dispatch_what(work) & 0xFF;
		if (++place->ran[task] > SLOTS)
			fail("more than there are slots", place->ran[task]);
		dispatch_began(work, 7);
		if (rand_r(seed) & 1)
			end(place, work);
		else if (place->count < LATER)
			place->running[place->count++] = work;
		else
			fail("more than may run", place->count);
	}
	while (place->count)
		end(place, place->running[--place->count]);
	return !place->quits;
}

static void *run(void *argument)
{
	place *place = argument;
	uint32_t seed = place->number;
	for (int i = 0; i < TASKS; i++)
		if (dispatch_task(place->number, i ? "b" : "a", SLOTS) != i)
			fail("a task has another number", i);
	if (dispatch_queue_new(place->number, CAPACITY, keep))
		fail("the dispatcher has another number", 0);
	while (turn(place, &seed))
		while (sem_wait(&place->woken) && errno == EINTR)
			;
	dispatch_leave(place->number);
	return NULL;
}

int main(int argc, char **argv)
{
	uint32_t rounds = argc > 1 ? (uint32_t)atoi(argv[1]) : 100, seed = argc > 2 ? (uint32_t)atoi(argv[2]) : 1;
	uint32_t works[WORKS], sent = 0, back = 0, cancelled = 0, full = 0;
	double sums[WORKS] = { 0 };
	pthread_t threads[EXECUTORS];
	bool under_way[WORKS] = { false };
	alarm(100);
	for (uint32_t i = 0; i <= EXECUTORS; i++) {
		places[i].number = i;
		sem_init(&places[i].woken, 0, 0);
	}
	dispatch_seat(0, &places[0].executor, -1, keep);
	dispatch_task(0, "a", SLOTS);
	dispatch_task(0, "b", SLOTS);
	dispatch_queue_new(0, CAPACITY, keep);
	for (uint32_t i = 0; i < WORKS; i++)
		works[i] = (uint32_t)dispatch_work(0, i % TASKS, 0, i, keep);
	for (uint32_t i = 0; i < EXECUTORS; i++) {
		dispatch_seat(1 + i, &places[1 + i].executor, 0, keep);
		pthread_create(&threads[i], NULL, run, &places[1 + i]);
	}
	if (dispatch_task(0, "c", SLOTS) != TASKS || dispatch_attach(dispatch_find(works[0]), 63, 0) != -ESRCH)
		fail("what is not there was found", 0);
	while (sent < rounds * WORKS || back < sent) {
		for (uint32_t i = 0; i < WORKS && sent < rounds * WORKS; i++) {
			work *work = dispatch_find(works[i]);
			if (under_way[i]) {
				if (dispatch_submit(work, 0, 0) == 0)
					fail("submitted twice", i);
				if (rand_r(&seed) % 16 == 0)
					dispatch_ask(work, WORK_CANCELLED);
				continue;
			}
			work->arguments[0] = sent;
			work->arguments[1] = i;
			sums[i] = (double)sent + i;
			uint32_t to = rand_r(&seed) % (2 * EXECUTORS);
			int status = to < EXECUTORS ? dispatch_attach(work, 1 + to, i % 3) : dispatch_submit(work, 0, i % 3);
			if (status)
				fail("refused", status);
			under_way[i] = true;
			sent++;
			int number = dispatch_alloc(0, 0, 1);
			if (number == -ENOBUFS)
				full++;
			else if (dispatch_submit(dispatch_find((uint32_t)number), 0, 2))
				fail("posted work was refused", number);
		}
		int32_t next = dispatch_next(0, 9, false);
		if (next == NEXT_NOTHING) {
			while (sem_wait(&places[0].woken) && errno == EINTR)
				;
			continue;
		}
		if (next & ((1 << NEXT_BITS) - 1))
			fail("main was given work", next);
		uint32_t i = (uint32_t)next >> NEXT_BITS;
		work *work = dispatch_find(works[i]);
		if (!under_way[i])
			fail("came back twice", i);
		if (work->status == -ECANCELED)
			cancelled++;
		else if (work->status || !work->has_value || work->value != sums[i])
			fail("wrong sum", (long)work->value);
		under_way[i] = false;
		back++;
	}
	uint32_t left;
	int wait = dispatch_wait_new();
	while (dispatch_wait_poll((uint32_t)wait, 0, WAIT_UNDONE, 0, &places[0].executor, 9, &left) == STATOR_PENDING)
		while (sem_wait(&places[0].woken) && errno == EINTR)
			;
	dispatch_quit(0);
	while (dispatch_wait_poll((uint32_t)wait, 0, WAIT_EXECUTORS, 0, &places[0].executor, 9, &left) == STATOR_PENDING)
		while (sem_wait(&places[0].woken) && errno == EINTR)
			;
	for (uint32_t i = 0; i < EXECUTORS; i++)
		pthread_join(threads[i], NULL);
	if (dispatch_submit(dispatch_find(works[0]), 0, 0) != -ECANCELED || dispatch_attach(dispatch_find(works[0]), 1, 0) != -ECANCELED ||
		dispatch_alloc(0, 0, 0) != -ECANCELED)
		fail("taken after the end", 0);
	double ended = 0;
	for (uint32_t i = 1; i <= EXECUTORS; i++)
		ended += dispatch_stat(i, DISPATCH_STAT_ENDED);
	printf("sent %u, back %u, cancelled %s, full %s, executors %u, more than sent %s\n", (unsigned)sent, (unsigned)back, cancelled ? "some" : "none",
		full ? "some" : "never", (unsigned)left, ended + cancelled >= back + posted ? "yes" : "no");
	return 0;
}
