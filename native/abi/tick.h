/*
 * tick.h: wheels of timers that the user drives: `new Timer(levels)` in TypeScript. Whoever has a period to give (an interrupt
 * handler, a task) calls stator_tick; tasks sleep for so many of these ticks. What a tick lasts is the driver's affair: a
 * millisecond, a revolution of a wheel, a frame.
 *
 * Model. A tick is one atomic addition and a comparison with the wheel's next edge, so that a handler's time does not depend on
 * how many sleep. Only when the edge has come the executor is told; it turns the wheel in its next round, and whom it wakes is
 * polled in that round. The wheel itself (wheel.h) is the executor's alone, and nothing is masked.
 *
 * A handler in C finds a wheel by the name that the program gave it: at start-up it is not there yet, so look until it is.
 */
#ifndef STATOR_TICK_H
#define STATOR_TICK_H

#include "executor.h"
#include "wheel.h"

enum { STATOR_TICK_WHEELS = 16 }; /* of one executor */

typedef struct stator_tick_wheel {
	struct stator_tick_wheel *next; /* all wheels of all executors */
	const char *name;               /* "" when it has none */
	stator_executor *executor;
	uint32_t ticks; /* atomic: so many have come, modulo 2^32 */
	uint32_t armed; /* atomic: whether `edge` holds */
	uint32_t edge;  /* atomic: the tick at which the executor has to look */
	stator_wheel wheel; /* last: its lists follow it */
} stator_tick_wheel;

/* What one executor has of them; their timers come from one set. */
typedef struct {
	stator_timers timers;
	stator_tick_wheel *wheels[STATOR_TICK_WHEELS];
	uint32_t count;
} stator_ticks;

/* What an executor has, made when it is first asked for; null: no memory. INIT */
stator_ticks *stator_ticks_of(stator_executor *executor, void *(*keep)(size_t));

/* A wheel of so many levels (1 to 8), which wakes tasks of this executor. `name` must live as long. Its number in `ticks`, or -EEXIST: the
   name is taken; -ENOSPC: no room for another wheel; -ENOMEM. INIT */
int stator_tick_open(stator_executor *executor, const char *name, uint32_t levels, void *(*keep)(size_t));

/* The wheel of that name; null: there is none, or not yet. Any context; O(wheels): find it once. */
stator_tick_wheel *stator_tick_find(const char *name);

/* So many ticks have passed (1 as a rule). O(1), no lock. ISR-SAFE */
void stator_tick(stator_tick_wheel *wheel, uint32_t count);

/* Sets a timer of the executor on one of its wheels, as stator_wheel_set. HOT */
void stator_tick_set(stator_tick_wheel *wheel, uint32_t timer, uint32_t at, stator_task_id waker);

#endif
