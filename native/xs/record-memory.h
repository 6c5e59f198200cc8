/*
 * record-memory.h: where a record is kept, a program's own choice, and what program it is of. A board's is in RAM (record-memory.c), a host's
 * in a file (native/linux/record-file.c).
 */
#ifndef STATOR_RECORD_MEMORY_H
#define STATOR_RECORD_MEMORY_H

#include "record.h"

/* record-settings.c */
extern const uint32_t stator_record_bytes; /* it has no more than so many */
extern const uint32_t stator_record_limit; /* milliseconds after which the program is ended; 0: never */
extern const char stator_record_name[];    /* the program's, the digest of its source, its target */

/* Whether there is room for so many bytes in all. Thread mode. */
bool record_room(uint32_t bytes);

/* Puts bytes where there is room. Thread mode. */
void record_put(uint32_t at, const void *bytes, uint32_t size);

/* Gives them back: for who prints them. */
uint8_t record_byte(uint32_t at);

/* The head says what there is from now on. Thread mode. */
void record_publish(const stator_record_head *head);

#endif
