/* record-port.h of a board: what the handlers of a program that is recorded do in place of taking effect. ISR. */
#ifndef STATOR_CORTEX_M_RECORD_PORT_H
#define STATOR_CORTEX_M_RECORD_PORT_H

#include <stdint.h>

/* The source interrupted. */
void record_note(uint32_t source);

/* The clock's alarm came. */
void record_note_alarm(void);

#endif
