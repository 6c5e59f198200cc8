/* shared-memory.h: where what all machines of a program share lies: behind the block of the machine on the main thread. */
#ifndef STATOR_SHARED_MEMORY_H
#define STATOR_SHARED_MEMORY_H

/* Room for it; pages that nobody touches cost nothing. */
enum { SHARED_MEMORY_BYTES = 1 << 28 };

/* From here to there, all zero. */
void shared_memory_init(char *begin, char *end);

#endif
