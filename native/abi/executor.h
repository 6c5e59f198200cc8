/*
 * executor.h: the C half of one executor: its ready set, its alarms and its counters. One per XS machine; `the->context`
 * of the machine is its executor.
 *
 * Interrupt handlers and other threads touch it by two calls only, stator_wake and stator_alarm_check; both set
 * bits and return. Everything else belongs to the executor's own thread of control.
 */
#ifndef STATOR_EXECUTOR_H
#define STATOR_EXECUTOR_H

#include "account.h"
#include "ready.h"

/* Alarms of one executor (feature E7: the stated number). */
enum {
	STATOR_ALARM_TIMERS = 0, /* the next edge of the timer wheel */
	STATOR_ALARM_LIMIT = 1,  /* the time limit of run(maxItems, timeout) */
	STATOR_ALARMS = 2,
};

/* Bits of `due`: what the executor has to look at before it polls. */
enum {
	STATOR_DUE_TIMERS = 1 << STATOR_ALARM_TIMERS,
	STATOR_DUE_LIMIT = 1 << STATOR_ALARM_LIMIT,
	STATOR_DUE_JOBS = 4, /* promise jobs are queued */
	STATOR_DUE_STOP = 8, /* the platform asks the program to end (SIGINT on a host) */
	STATOR_DUE_BITS = 4, /* a round returns (polls << STATOR_DUE_BITS) | due */
};

struct sxMachine;
struct sxSlot;

/* Where a debugger begins: the machine, and the arrays of src/executor/table.ts. Null until the first run(), of a level until its serve. */
typedef struct {
	struct sxMachine *machine;
	const struct sxSlot *polls, *states, *pools, *handles;
} stator_roots;

typedef struct stator_executor {
	stator_ready ready;
	uint32_t due;                     /* atomic */
	uint32_t armed;                   /* one bit an alarm */
	uint32_t alarm_at[STATOR_ALARMS]; /* ticks, meaningful while armed */
	void (*turn_timers)(struct stator_executor *executor); /* null: the program has no timers */
	void *timers;                     /* their wheel */
	void (*turn_ticks)(struct stator_executor *executor); /* the same for wheels that the user drives (tick.h) */
	void *ticks;
	uint32_t exception;               /* what enters it: the number of the vector at the core, 16 for the chip's first; 0: thread mode */
	uint32_t polls;
	uint32_t sleeps;                  /* how often the processor went to sleep */
	/* The heap at the first run(): what growth is counted from. */
	int32_t start_slots;
	int32_t start_bytes;
	uint32_t start_collections;
	uint32_t collections;
	volatile int32_t current; /* the slot that is being polled; -1: none */
	stator_roots roots;
	stator_accounts accounts;
	struct stator_executor *clock_next; /* the platform's clock: the next executor that has alarms */
	bool on_clock;
} stator_executor;

/* Wakes a task. Any context: tasks, interrupt handlers, other threads. False: stale id. */
bool stator_wake(stator_executor *executor, stator_task_id id);

/* Sets due bits and lets a sleeping executor see them. Any context. */
void stator_due(stator_executor *executor, uint32_t bits);

/* Programs an alarm for a tick, or takes it back. The executor's own context. */
void stator_alarm_set(stator_executor *executor, uint32_t which, uint32_t at);
void stator_alarm_clear(stator_executor *executor, uint32_t which);

/* Marks as due every armed alarm whose tick has come; returns true and the distance to the next one in
   `*ticks` when one is still armed. Called by the platform's clock interrupt and before it sleeps. */
bool stator_alarm_check(stator_executor *executor, uint32_t now, uint32_t *ticks);

/* True when the executor has something to do: the condition under which it must not sleep. */
static inline bool stator_work(const stator_executor *executor)
{
	return __atomic_load_n(&executor->due, __ATOMIC_ACQUIRE) || stator_ready_any(&executor->ready);
}

#endif
