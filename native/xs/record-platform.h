/* record-platform.h: what native/xs/record.c asks of a platform whose programs are recorded. */
#ifndef STATOR_RECORD_PLATFORM_H
#define STATOR_RECORD_PLATFORM_H

#include <stdbool.h>
#include <stdint.h>

/* Whether this is an interrupt handler. */
bool record_in_handler(void);

/* The next source that interrupted since it was asked last, and how often; false: none. Thread mode. */
bool record_came(uint32_t *source, uint32_t *times);

/* Whether the clock's alarm came since it was asked last, and an executor's is due. Thread mode. */
bool record_rang(void);

/* What is due is marked, the next alarm set. Thread mode. */
void record_alarm(void);

/* Whether the record's time is over (stator_record_limit). */
bool record_over(void);

#endif
