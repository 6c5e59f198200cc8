/*
 * A thread that ticks against an executor that sets timers, gives them up and turns its wheel: no edge is lost, nobody is woken early.
 * Run under ThreadSanitizer, which knows no order but the one that native/xs/tick.c makes.
 *
 *   tick-threads <levels> <sleeps>
 */
#include "port.h"
#include "tick.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { PATIENCE_SECONDS = 20, TIMERS = 3 };

static stator_executor executor;
static stator_tick_wheel *wheel;
static int stop; /* atomic */

void stator_port_pend(stator_executor *which)
{
	(void)which;
}

void stator_port_alarm(stator_executor *which)
{
	(void)which;
}

static void *keep(size_t size)
{
	return calloc(1, size);
}

static void *ticks(void *argument)
{
	unsigned state = 1;
	while (!__atomic_load_n(&stop, __ATOMIC_ACQUIRE)) {
		state = state * 1664525u + 1013904223u;
		stator_tick(wheel, state >> 28 ? 1 : 40);
		if (!(state >> 29))
			sched_yield();
	}
	return argument;
}

static uint32_t now(void)
{
	return __atomic_load_n(&wheel->ticks, __ATOMIC_ACQUIRE);
}

int main(int count, char **arguments)
{
	if (count != 3)
		return 2;
	stator_ready_init(&executor.ready, 32, calloc(1, stator_ready_size(32)), NULL);
	for (uint32_t slot = 0; slot < TIMERS; slot++)
		stator_ready_level(&executor.ready, slot, 0);
	int number = stator_tick_open(&executor, "beat", (uint32_t)atoi(arguments[1]), keep);
	if (number != 0 || stator_tick_open(&executor, "beat", 1, keep) >= 0)
		return 2;
	wheel = stator_tick_find("beat");
	if (!wheel || stator_tick_find("other"))
		return 2;
	stator_timers *timers = wheel->wheel.timers;
	for (int i = 0; i < TIMERS; i++)
		stator_timers_new(timers, keep);
	pthread_t thread;
	pthread_create(&thread, NULL, ticks, NULL);
	unsigned state = 7;
	for (unsigned long left = strtoul(arguments[2], NULL, 10); left; left--) {
		/* One is waited for; the others are set and given up around it. */
		state = state * 1664525u + 1013904223u;
		uint32_t at = now() + (state >> 20) % (left % 16 ? 60 : 5000);
		stator_tick_set(wheel, 1, now() + (state >> 24), 1);
		stator_tick_set(wheel, 0, at, stator_ready_id(&executor.ready, 0));
		stator_wheel_clear(&wheel->wheel, 1);
		stator_tick_set(wheel, 2, now() + 100000, 2);
		stator_wheel_clear(&wheel->wheel, 2);
		time_t deadline = time(NULL) + PATIENCE_SECONDS;
		for (bool woken = false; !woken;) {
			/* As the executor sleeps: until something is due, and not a moment longer. */
			while (!__atomic_load_n(&executor.due, __ATOMIC_ACQUIRE)) {
				sched_yield();
				if (time(NULL) > deadline) {
					fprintf(stderr, "the edge of tick %u was lost: it is %u\n", (unsigned)at, (unsigned)now());
					return 1;
				}
			}
			__atomic_fetch_and(&executor.due, ~(uint32_t)STATOR_DUE_TIMERS, __ATOMIC_ACQ_REL);
			executor.turn_ticks(&executor);
			stator_ready_begin(&executor.ready);
			for (int32_t slot; (slot = stator_ready_next(&executor.ready)) >= 0;)
				woken |= slot == 0;
		}
		if ((int32_t)(now() - at) < 0) {
			fprintf(stderr, "woken at %u for tick %u\n", (unsigned)now(), (unsigned)at);
			return 1;
		}
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELEASE);
	pthread_join(thread, NULL);
	printf("ok\n");
	return 0;
}
