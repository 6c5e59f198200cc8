/*
 * A machine's memory: one static block. Chunks (strings, arrays' items, buffers: they move in a collection) grow
 * from its low end up, slots (everything else) from its high end down, so that neither has a size of its own to be
 * tuned; the machine has run out when the two meet. What the executor keeps for good (its task words) is cut from
 * the slots' end before the first run.
 *
 * By which steps it grows is the platform's (stator-memory.h).
 *
 * The block of the machine in thread mode comes from the platform: on a board all RAM that is left, on a host a range of
 * addresses. The blocks of further machines (levels.c) are cut from its high end. A block is touched by its own machine only.
 */
#include "xsAll.h"

#include "heap.h"
#include "machine.h"

#define BLOCK (&((stator_machine *)the->context)->block)

void stator_block_init(stator_block *block, char *begin, char *end)
{
	block->begin = begin;
	block->end = end;
	block->low = begin + (-(uintptr_t)begin & 15);
	block->high = end - ((uintptr_t)end & 15);
}

size_t stator_block_size(const stator_block *block)
{
	return (size_t)(block->end - block->begin);
}

size_t stator_block_free(const stator_block *block)
{
	return (size_t)(block->high - block->low);
}

static void *take_high(stator_block *block, size_t size)
{
	size = (size + 15) & ~(size_t)15;
	if (size > stator_block_free(block))
		return NULL;
	block->high -= size;
	return block->high;
}

void *stator_block_keep(stator_block *block, size_t size)
{
	void *memory = take_high(block, size);
	if (memory)
		memset(memory, 0, size);
	return memory;
}

size_t stator_heap_used(void)
{
	return stator_block_size(&stator_current->block) - stator_block_free(&stator_current->block);
}

void *stator_heap_keep(size_t size)
{
	return stator_block_keep(&stator_current->block, size);
}

/* Engine hook: memory for chunks. Contiguous with the block before, so that the engine merges the two. */
void *fxAllocateChunks(txMachine *the, txSize size)
{
	stator_block *block = BLOCK;
	size_t bytes = ((size_t)size + 15) & ~(size_t)15;
	if (bytes > stator_block_free(block)) {
		stator_out_of(the, STATOR_OUT_OF_CHUNKS, (size_t)size);
		return NULL;
	}
	void *memory = block->low;
	block->low += size;
	block->low += -(uintptr_t)block->low & (sizeof(void *) - 1);
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
	stator_block *block = BLOCK;
	if (block->stack_top) { /* the stack comes first */
		txSlot *top = (txSlot *)block->stack_top;
		block->stack_top = NULL;
		return top - count;
	}
	void *memory = take_high(block, (size_t)count * sizeof(txSlot));
	if (!memory)
		stator_out_of(the, STATOR_OUT_OF_SLOTS, (size_t)count * sizeof(txSlot));
	return memory;
}

void fxFreeSlots(txMachine *the, void *slots)
{
	(void)the;
	(void)slots;
}
