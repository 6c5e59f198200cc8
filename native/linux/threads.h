/*
 * threads.h: executors on threads of their own, each with a machine booted from the program's image, in a block and with a pool, a C stack
 * and a place to sleep of its own. Work reaches them through dispatch.h, wakes through stator_wake, the end by STATOR_DUE_STOP.
 *
 * Executor 0 is that of the main thread; thread n is executor n. Their machines are the last of the program's (tools/levels.ts).
 */
#ifndef STATOR_THREADS_H
#define STATOR_THREADS_H

#include "machine.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many the build has made room for. In the program's levels.c, when it has any. */
extern const uint32_t stator_thread_count;

/* The executor that runs here: 0, or the number of the thread. */
uint32_t stator_threads_here(const stator_machine *machine);

/* Begins a thread and returns when its machine has run the program's module as far as `run`. Ends the program when that fails. The main thread. INIT */
void stator_threads_start(uint32_t number);

/* The thread's start-up is over. The thread itself. */
void stator_threads_ready(void);

/* Asks every thread to end in order, as SIGINT asks the program. Once. */
void stator_threads_stop(void);

/* How many have not ended; with none left, their threads are joined. The main thread. */
uint32_t stator_threads_left(void);

/* Cycles that an executor was awake; a negative number: there is no such executor. Any thread. */
double stator_threads_awake(uint32_t number);

/* What stator_levels_end and stator_levels_summary (machine.h) are in a program with threads. */
void stator_threads_close(void);
void stator_threads_print(void);

#endif
