/* A record in RAM (record-memory.h). The build gives its size; compiled once for each program of a board that is recorded. */
#include "record-memory.h"

#include <string.h>

uint8_t stator_record_memory[STATOR_RECORD_BYTES];

bool record_room(uint32_t bytes)
{
	return bytes <= sizeof stator_record_memory;
}

void record_put(uint32_t at, const void *bytes, uint32_t size)
{
	memcpy(stator_record_memory + at, bytes, size);
}

uint8_t record_byte(uint32_t at)
{
	return stator_record_memory[at];
}

/* Who takes it reads the head, too. */
void record_publish(const stator_record_head *head)
{
	(void)head;
}
