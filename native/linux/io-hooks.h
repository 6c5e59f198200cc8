/*
 * io-hooks.h: what the executor's loop on the host asks of the ring (uring.h). Weak, null in a program that imports no I/O: such a
 * program has no ring and no code of one.
 */
#ifndef STATOR_IO_HOOKS_H
#define STATOR_IO_HOOKS_H

#include "sleeper.h"

#include <stdbool.h>
#include <stdint.h>

/* Before a round: submits what was begun, takes what has completed, and wakes. No system call when there is neither. Nothing for an executor
   without a ring. */
__attribute__((weak)) void linux_io_turn(const stator_executor *executor);

/* Sleeps until something completes, the sleeper's descriptor becomes readable, a message or a signal comes or the time is over
   (`nanoseconds` < 0: none). False: there is no ring to sleep in, the caller sleeps by itself. The executor's own thread. */
__attribute__((weak)) bool linux_io_sleep(const stator_executor *executor, linux_sleeper *sleeper, int64_t nanoseconds);

/* Wakes it by a message from the ring of this thread to the one that it sleeps in. False: one of the two is not there; write to the
   descriptor. Not from a signal's handler: it may have interrupted who fills the same ring. */
__attribute__((weak)) bool linux_io_wake(const linux_sleeper *sleeper);

/* At the end of the executor that runs on this thread: everything in flight is cancelled and reaped, within a second; the ring is closed. */
__attribute__((weak)) void linux_io_close(void);

/* An argument of the command line, from 0; null behind the last (port.c). */
const char *linux_argument(uint32_t index);

#endif
