/* record-memory.h: the record's memory, a program's own choice, and what program it is of. */
#ifndef STATOR_RECORD_MEMORY_H
#define STATOR_RECORD_MEMORY_H

#include <stdint.h>

extern uint8_t stator_record_memory[];
extern const uint32_t stator_record_bytes;
extern const uint32_t stator_record_limit; /* milliseconds after which a board ends the program; 0: never */
extern const char stator_record_name[];    /* the program's, the digest of its source, its target */

#endif
