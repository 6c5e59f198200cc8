/*
 * level.h: priority levels on Linux. A level preempts main, and less urgent levels, in the middle of their TypeScript: its turn is taken
 * in the handler of a signal (SIGRTMIN) on the main thread, on top of what runs there, or at once where main itself has woken it. As on a
 * board it runs until it has nothing to do; so one core is enough, and the order is the same in every run that has the same interrupts.
 */
#ifndef STATOR_LINUX_LEVEL_H
#define STATOR_LINUX_LEVEL_H

#include "executor.h"

#include <stdbool.h>

/* A level has something to do: it takes its turn, now or as soon as nothing holds the main thread (hold.h). False: the executor is no level's.
   Any thread, and handlers of signals. */
bool linux_level_pend(const stator_executor *executor);

/* The level's earliest alarm has changed. The level's own context. */
void linux_level_alarm(const stator_executor *executor);

/* A signal of the program's own has come: its waiters among the levels do not wait for main's next round. False: there are no levels. Handlers of
   signals. */
bool linux_levels_interrupt(void);

#endif
