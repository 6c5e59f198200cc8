/*
 * record-port.h: what signals' handlers do in a program that is recorded, in place of taking effect: the executor's next delivery does it
 * (native/abi/record.h), at a step that has a number.
 */
#ifndef STATOR_LINUX_RECORD_PORT_H
#define STATOR_LINUX_RECORD_PORT_H

#include "interrupts-deliver.h"

#include <stdbool.h>

/* Sources of a record: vectors, then, by their numbers, signals that ask the program to stop. */
enum { RECORD_STOPS = LINUX_VECTORS, RECORD_SOURCES = RECORD_STOPS + LINUX_SIGNALS };

/* The source has interrupted. Async-signal-safe. */
void record_note(uint32_t source);

/* The program is to end in order, by this signal (port.c). The executor's thread. */
void linux_stop(int signal);

/* Nanoseconds until the time of the record is over; -1: it has none. */
int64_t record_rest(void);

/* The record's file (record-file.c): made before the program begins, cut to its size at the end. False: an error was said. INIT */
bool record_file_open(void);
void record_file_close(void);

#endif
