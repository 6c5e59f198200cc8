/*
 * sleeper.h: what an executor on Linux has for itself, beside its machine: where its thread sleeps, and for how long it has. The executor on
 * the main thread has one, and each on a thread of its own; levels run on the main thread, on top of it, and have none.
 */
#ifndef STATOR_SLEEPER_H
#define STATOR_SLEEPER_H

#include "executor.h"

#include <stddef.h>

typedef struct {
	int wakeup;        /* eventfd: written to by who wakes, while it sleeps */
	uint32_t sleeping; /* atomic: it is about to sleep, or asleep */
	int ring;          /* atomic: the ring that it sleeps in, where messages wake it; -1: none */
	uint64_t awake;    /* atomic. Awake: the cycle that what it has been awake is counted from. Asleep: top bit, and the cycles that it was awake */
} linux_sleeper;

/* Makes it, before the executor's thread begins. 0, or -errno. INIT */
int linux_sleeper_open(linux_sleeper *sleeper);

/* The executor's from now on, for good. INIT */
void linux_sleeper_give(linux_sleeper *sleeper, const stator_executor *executor);

/* Any thread. */
linux_sleeper *linux_sleeper_of(const stator_executor *executor);

/* The size of this thread's C stack; 0: it is the main thread. */
extern __thread size_t linux_thread_stack;

/* This thread runs a signal's handler, which may have interrupted anything. */
extern __thread bool linux_in_signal;

/* A thread has been begun (threads.c). */
extern bool linux_threads_begun;

/* Its thread goes to sleep; it has slept. */
void linux_sleeper_sleeps(linux_sleeper *sleeper);
void linux_sleeper_wakes(linux_sleeper *sleeper);

/* Cycles that it was not asleep. Any thread; exact. */
uint64_t linux_sleeper_awake(const linux_sleeper *sleeper);

#endif
