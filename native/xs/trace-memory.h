/* trace-memory.h: the ring's memory and what happens when it is full: a program's own choice, from its settings. */
#ifndef STATOR_TRACE_MEMORY_H
#define STATOR_TRACE_MEMORY_H

#include <stdint.h>

extern char stator_trace_memory[];
extern const uint32_t stator_trace_bytes;
extern const uint32_t stator_trace_stops; /* 1: stops when full, 0: overwrites the oldest */
extern const uint32_t stator_trace_limit; /* milliseconds after which a board ends the program; 0: never */

#endif
