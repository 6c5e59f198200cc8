/* The wheels of native/abi/tick.h: no engine, no platform. */
#include "tick.h"

#include "atomic.h"

#include <errno.h>
#include <string.h>

/* Written at start-up only, from several machines one after the other; read from handlers. */
static stator_tick_wheel *all;

/* Says where the executor has to look next. A tick that came before this was seen is looked for behind it: partner of stator_tick. */
static void arm(stator_tick_wheel *wheel)
{
	__atomic_store_n(&wheel->edge, wheel->wheel.edge, __ATOMIC_SEQ_CST);
	__atomic_store_n(&wheel->armed, 1, __ATOMIC_SEQ_CST);
	if ((int32_t)(__atomic_load_n(&wheel->ticks, __ATOMIC_SEQ_CST) - wheel->wheel.edge) >= 0)
		stator_due(wheel->executor, STATOR_DUE_TIMERS);
}

static void turn(stator_executor *executor)
{
	const stator_ticks *ticks = executor->ticks;
	for (uint32_t i = 0; i < ticks->count; i++) {
		stator_tick_wheel *wheel = ticks->wheels[i];
		if (!wheel->armed || (int32_t)(atomic_load(&wheel->ticks) - wheel->wheel.edge) < 0)
			continue;
		__atomic_store_n(&wheel->armed, 0, __ATOMIC_SEQ_CST);
		if (stator_wheel_turn(&wheel->wheel, atomic_load(&wheel->ticks), &executor->ready))
			arm(wheel);
	}
}

stator_ticks *stator_ticks_of(stator_executor *executor, void *(*keep)(size_t))
{
	stator_ticks *ticks = executor->ticks;
	if (ticks)
		return ticks;
	ticks = keep(sizeof *ticks);
	if (!ticks)
		return NULL;
	stator_timers_init(&ticks->timers);
	executor->turn_ticks = turn;
	return executor->ticks = ticks;
}

int stator_tick_open(stator_executor *executor, const char *name, uint32_t levels, void *(*keep)(size_t))
{
	if (*name && stator_tick_find(name))
		return -EEXIST;
	stator_ticks *ticks = stator_ticks_of(executor, keep);
	if (!ticks)
		return -ENOMEM;
	if (ticks->count == STATOR_TICK_WHEELS)
		return -ENOSPC;
	stator_tick_wheel *wheel = keep(sizeof *wheel - sizeof wheel->wheel + stator_wheel_size(levels));
	if (!wheel)
		return -ENOMEM;
	wheel->name = name;
	wheel->executor = executor;
	stator_wheel_init(&wheel->wheel, &ticks->timers, levels, 0);
	wheel->next = all;
	__atomic_store_n(&all, wheel, __ATOMIC_RELEASE);
	ticks->wheels[ticks->count] = wheel;
	return (int)ticks->count++;
}

stator_tick_wheel *stator_tick_find(const char *name)
{
	stator_tick_wheel *wheel = __atomic_load_n(&all, __ATOMIC_ACQUIRE);
	while (wheel && strcmp(wheel->name, name))
		wheel = wheel->next;
	return wheel;
}

void stator_tick(stator_tick_wheel *wheel, uint32_t count)
{
	uint32_t ticks = atomic_add(&wheel->ticks, count) + count;
	if (__atomic_load_n(&wheel->armed, __ATOMIC_SEQ_CST) && (int32_t)(ticks - __atomic_load_n(&wheel->edge, __ATOMIC_SEQ_CST)) >= 0)
		stator_due(wheel->executor, STATOR_DUE_TIMERS);
}

void stator_tick_set(stator_tick_wheel *wheel, uint32_t timer, uint32_t at, stator_task_id waker)
{
	if (stator_wheel_set(&wheel->wheel, timer, at, waker, atomic_load(&wheel->ticks)))
		arm(wheel);
}
