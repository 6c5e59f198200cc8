/* heap.h: the machine's static block and pool, and what they report when something runs out. */
#ifndef STATOR_HEAP_H
#define STATOR_HEAP_H

#include <stddef.h>
#include <stdint.h>

/* The platform's block (linker script or static array). */
char *stator_block_begin(void);
char *stator_block_end(void);

void stator_heap_init(void);
size_t stator_heap_size(void);
size_t stator_heap_free(void);

/* Zeroed memory that is never given back. INIT. Null when the block is full. */
void *stator_heap_keep(size_t size);

typedef struct {
	size_t size;     /* of the pool */
	size_t used;
	size_t peak;
	uint32_t calls;  /* allocations since the start */
} stator_pool_info;

stator_pool_info stator_pool_stat(void);

/* What ran out; remembered until the engine's fxAbort reports it (abort.c). */
enum stator_out { STATOR_OUT_OF_NOTHING, STATOR_OUT_OF_CHUNKS, STATOR_OUT_OF_SLOTS, STATOR_OUT_OF_POOL };
struct sxMachine;
void stator_out_of(struct sxMachine *the, enum stator_out what, size_t asked);

#endif
