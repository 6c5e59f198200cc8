/*
 * The machine's memory: one static block. Chunks (strings, arrays' items, buffers: they move in a collection) grow
 * from its low end up, slots (everything else) from its high end down, so that neither has a size of its own to be
 * tuned; the program has run out when the two meet. What the executor keeps for good (its task words) is cut from
 * the slots' end before the first run.
 *
 * The block's place and size come from the platform: on a board all RAM that is left, on a host a static array.
 */
#include "xsAll.h"

#include "heap.h"

static char *low, *high; /* the free middle */

void stator_heap_init(void)
{
	low = stator_block_begin();
	high = stator_block_end();
	low += -(uintptr_t)low & 15;
	high -= (uintptr_t)high & 15;
}

size_t stator_heap_size(void)
{
	return (size_t)(stator_block_end() - stator_block_begin());
}

size_t stator_heap_free(void)
{
	return (size_t)(high - low);
}

static void *take_high(size_t size)
{
	size = (size + 15) & ~(size_t)15;
	if (size > stator_heap_free())
		return NULL;
	high -= size;
	return high;
}

void *stator_heap_keep(size_t size)
{
	void *memory = take_high(size);
	if (memory)
		memset(memory, 0, size);
	return memory;
}

/* Engine hook: memory for chunks. Contiguous with the block before, so that the engine merges the two. */
void *fxAllocateChunks(txMachine *the, txSize size)
{
	size_t bytes = ((size_t)size + 15) & ~(size_t)15;
	if (bytes > stator_heap_free()) {
		stator_out_of(the, STATOR_OUT_OF_CHUNKS, (size_t)size);
		return NULL;
	}
	void *memory = low;
	low += size;
	low += -(uintptr_t)low & (sizeof(void *) - 1);
	return memory;
}

void fxFreeChunks(txMachine *the, void *chunks)
{
	(void)the;
	(void)chunks; /* only at the end of the machine, which is the end of the program */
}

/* Engine hook: memory for slots, below the ones before. */
txSlot *fxAllocateSlots(txMachine *the, txSize count)
{
	void *memory = take_high((size_t)count * sizeof(txSlot));
	if (!memory)
		stator_out_of(the, STATOR_OUT_OF_SLOTS, (size_t)count * sizeof(txSlot));
	return memory;
}

void fxFreeSlots(txMachine *the, void *slots)
{
	(void)the;
	(void)slots;
}
