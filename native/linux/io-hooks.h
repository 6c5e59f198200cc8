/*
 * io-hooks.h: what the executor's loop on the host asks of the ring (uring.h). Weak, null in a program that imports no I/O: such a
 * program has no ring and no code of one.
 */
#ifndef STATOR_IO_HOOKS_H
#define STATOR_IO_HOOKS_H

#include <stdbool.h>
#include <stdint.h>

/* Before a round: submits what was begun, takes what has completed, and wakes. No system call when there is neither. */
__attribute__((weak)) void linux_io_turn(void);

/* Sleeps until something completes, the descriptor becomes readable, a signal comes or the time is over (`nanoseconds` < 0: none).
   False: there is no ring, the caller sleeps by itself. */
__attribute__((weak)) bool linux_io_sleep(int wakeup, int64_t nanoseconds);

/* At the program's end: everything in flight is cancelled and reaped, within a second. */
__attribute__((weak)) void linux_io_close(void);

/* An argument of the command line, from 0; null behind the last (port.c). */
const char *linux_argument(uint32_t index);

#endif
