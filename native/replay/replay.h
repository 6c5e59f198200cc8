/* replay.h: the record that is being given back, for the files of this platform. */
#ifndef STATOR_REPLAY_H
#define STATOR_REPLAY_H

#include "record.h"

/* An entry of the record, read. */
typedef struct {
	uint32_t kind;
	uint32_t step;
	uint8_t check;
	int64_t value;   /* or the status at the end, or the time that has gone on */
	uint32_t source, times;
	stator_record_completion completion;
	stator_record_request request;
	const uint8_t *bytes;
	uint32_t size;
} replay_entry;

extern stator_record_head replay_head;

/* Reads a record file; false, and `*why` says what is wrong with it. INIT */
bool replay_open(const char *file, const char **why);

/* The tick that the program was given last. */
uint32_t replay_now(void);

/* What step the program is at, and the last one until which it is known to have gone as it was recorded. */
uint32_t replay_step(void);
uint32_t replay_agreed(void);

/* Whether the program has ended, as it was recorded. */
bool replay_ended(void);

/* ---- report.c ---- */

/* A request, in words: good until the one after the next. */
const char *replay_request_text(const stator_record_request *request);

/* The program asks for something else than was recorded, or has gone another way. `entry` null: the record has nothing more. Does not return. */
_Noreturn void replay_parts(const replay_entry *entry, const char *asked);

#endif
