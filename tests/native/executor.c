/* The alarms, due bits and wakes of native/xs/executor.c, on a platform that only counts. */
#include "executor.h"
#include "port.h"

#include <stdio.h>
#include <stdlib.h>

static unsigned pends, programmed;

void stator_port_pend(stator_executor *executor)
{
	(void)executor;
	pends++;
}

void stator_port_alarm(stator_executor *executor)
{
	(void)executor;
	programmed++;
}

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "line %d: %s\n", __LINE__, #condition); \
			exit(1); \
		} \
	} while (0)

static uint32_t take_due(stator_executor *executor)
{
	return __atomic_exchange_n(&executor->due, 0, __ATOMIC_ACQ_REL);
}

/* Alarms around a tick: due at it and after it, not before; the distance is that to the nearest still armed. */
static void alarms(uint32_t origin)
{
	stator_executor executor = { 0 };
	uint32_t ticks = 777;

	CHECK(!stator_alarm_check(&executor, origin, &ticks));
	CHECK(ticks == 777 && !executor.due && !stator_work(&executor));

	stator_alarm_set(&executor, STATOR_ALARM_TIMERS, origin + 10);
	stator_alarm_set(&executor, STATOR_ALARM_LIMIT, origin + 25);
	CHECK(stator_alarm_check(&executor, origin, &ticks) && ticks == 10 && !executor.due);
	CHECK(stator_alarm_check(&executor, origin + 9, &ticks) && ticks == 1 && !executor.due);
	CHECK(stator_alarm_check(&executor, origin + 10, &ticks) && ticks == 15);
	CHECK(stator_work(&executor));
	CHECK(take_due(&executor) == STATOR_DUE_TIMERS);
	/* It fires once. */
	CHECK(stator_alarm_check(&executor, origin + 11, &ticks) && ticks == 14 && !executor.due);
	CHECK(!stator_alarm_check(&executor, origin + 1000, &ticks) && take_due(&executor) == STATOR_DUE_LIMIT);
	CHECK(executor.armed == 0);

	/* Both at once, and one that has passed when it is set. */
	stator_alarm_set(&executor, STATOR_ALARM_TIMERS, origin - 5);
	stator_alarm_set(&executor, STATOR_ALARM_LIMIT, origin);
	CHECK(!stator_alarm_check(&executor, origin, &ticks));
	CHECK(take_due(&executor) == (STATOR_DUE_TIMERS | STATOR_DUE_LIMIT));

	/* Setting moves it, nearer and further. */
	stator_alarm_set(&executor, STATOR_ALARM_TIMERS, origin + 5);
	stator_alarm_set(&executor, STATOR_ALARM_TIMERS, origin + 50);
	CHECK(stator_alarm_check(&executor, origin + 20, &ticks) && ticks == 30 && !executor.due);
	stator_alarm_set(&executor, STATOR_ALARM_TIMERS, origin + 21);
	CHECK(stator_alarm_check(&executor, origin + 20, &ticks) && ticks == 1);

	/* Taken back, before it is due and after; the other one stays. */
	stator_alarm_set(&executor, STATOR_ALARM_LIMIT, origin + 40);
	stator_alarm_clear(&executor, STATOR_ALARM_TIMERS);
	stator_alarm_clear(&executor, STATOR_ALARM_TIMERS);
	CHECK(stator_alarm_check(&executor, origin + 30, &ticks) && ticks == 10 && !executor.due);
	CHECK(!stator_alarm_check(&executor, origin + 40, &ticks));
	stator_due(&executor, STATOR_DUE_STOP);
	stator_alarm_clear(&executor, STATOR_ALARM_LIMIT);
	CHECK(take_due(&executor) == STATOR_DUE_STOP);

	/* The furthest that can be set, and what that means one tick on. */
	stator_alarm_set(&executor, STATOR_ALARM_TIMERS, origin + 0x7FFFFFFFu);
	CHECK(stator_alarm_check(&executor, origin, &ticks) && ticks == 0x7FFFFFFFu && !executor.due);
	CHECK(!stator_alarm_check(&executor, origin + 0x7FFFFFFFu, &ticks) && take_due(&executor) == STATOR_DUE_TIMERS);
}

int main(void)
{
	static const uint32_t origins[] = { 0, 1, 5, 0x7FFFFFF0u, 0x7FFFFFFFu, 0x80000000u, 0xFFFFFFF0u, 0xFFFFFFFFu };
	for (size_t i = 0; i < sizeof origins / sizeof *origins; i++)
		alarms(origins[i]);
	CHECK(programmed == 9 * sizeof origins / sizeof *origins); /* the platform was told of each */

	/* A wake pends when it names somebody, and only then. */
	stator_executor executor = { 0 };
	stator_ready_init(&executor.ready, 40, calloc(1, stator_ready_size(40)), NULL);
	for (uint32_t slot = 0; slot < 40; slot++)
		stator_ready_level(&executor.ready, slot, 1);
	pends = 0;
	CHECK(!stator_work(&executor));
	stator_task_id id = stator_ready_id(&executor.ready, 39);
	CHECK(stator_wake(&executor, id) && pends == 1 && stator_work(&executor));
	CHECK(stator_wake(&executor, id) && pends == 2);
	stator_ready_begin(&executor.ready);
	CHECK(stator_work(&executor)); /* a round under way is work */
	CHECK(stator_ready_next(&executor.ready) == 39 && stator_ready_next(&executor.ready) == -1);
	CHECK(!stator_work(&executor));
	stator_ready_retire(&executor.ready, 39);
	CHECK(!stator_wake(&executor, id) && !stator_wake(&executor, 40) && !stator_wake(&executor, -1) && pends == 2);
	CHECK(!stator_work(&executor));

	/* Due bits collect, and pend. */
	stator_due(&executor, STATOR_DUE_JOBS);
	stator_due(&executor, STATOR_DUE_STOP);
	CHECK(pends == 4 && stator_work(&executor));
	CHECK(take_due(&executor) == (STATOR_DUE_JOBS | STATOR_DUE_STOP));
	CHECK(!stator_work(&executor));
	free(executor.ready.ready);
	puts("ok");
	return 0;
}
