/* heap.h: each machine's static block and pool, and what they report when something runs out. */
#ifndef STATOR_HEAP_H
#define STATOR_HEAP_H

#include "stator-thread.h"

#include <stddef.h>
#include <stdint.h>

/* The platform's block (linker script or static array). */
char *stator_block_begin(void);
char *stator_block_end(void);

/* A machine's memory: chunks from its low end up, slots and what is kept from its high end down. */
typedef struct {
	char *begin, *end;
	char *low, *high; /* the free middle */
	char *stack_top;  /* levels: where their stack ends, until the engine has asked for it */
} stator_block;

void stator_block_init(stator_block *block, char *begin, char *end);
size_t stator_block_size(const stator_block *block);
size_t stator_block_free(const stator_block *block);

/* What is in use of the block of the machine that runs. Bytes. */
size_t stator_heap_used(void);

/* Zeroed memory that is never given back, from the block. INIT. Null when the block is full. */
void *stator_block_keep(stator_block *block, size_t size);

/* The same from the block of the machine that runs. INIT */
void *stator_heap_keep(size_t size);

/* The same for what all machines share: from the block of the machine in thread mode, on Linux from memory of its own. INIT */
void *stator_heap_keep_shared(size_t size);

typedef struct {
	char *memory;
	size_t size;     /* of the pool */
	size_t used;
	size_t peak;
	uint32_t calls;  /* allocations since the start */
} stator_pool_info;

/* The pool of the machine that runs: c_malloc has no other way to know. Whoever enters a machine sets it, and sets it back. */
extern STATOR_THREAD_LOCAL stator_pool_info *stator_pool_current;

stator_pool_info stator_pool_stat(void);

/* What ran out; remembered until the engine's fxAbort reports it (abort.c). */
enum stator_out { STATOR_OUT_OF_NOTHING, STATOR_OUT_OF_CHUNKS, STATOR_OUT_OF_SLOTS, STATOR_OUT_OF_POOL };
struct sxMachine;
void stator_out_of(struct sxMachine *the, enum stator_out what, size_t asked);

#endif
