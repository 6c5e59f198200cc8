/* record-steps.h: what record.c, which writes, and native/replay/replay.c, which gives back, have in common; and what each of them does its own way. */
#ifndef STATOR_RECORD_STEPS_H
#define STATOR_RECORD_STEPS_H

#include <stdint.h>

/* Of all that has to be the same, so far. */
extern uint32_t record_sum;

/* The program has come to a step of this kind. Thread mode. */
void record_step(uint32_t kind);

/* What has come since the last delivery takes effect. Thread mode. */
void record_take(void);

/* A source has interrupted so many times, which takes effect: the platform's. Thread mode. */
void record_interrupt(uint32_t source, uint32_t times);

/* A board's sleep goes on until something comes, which takes effect (record-board.c). Thread mode. */
void record_sleep(void);

#endif
