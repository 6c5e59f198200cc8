/*
 * How heaps grow on a host (stator-memory.h). A board's heap is collected whenever it is full and grows by a small step when that was not
 * enough; with that, a start-up that makes 100,000 tasks collects thousands of times. Here a collection leaves room for a share of what it has found
 * alive, so that the work of collecting stays in proportion to what is made. Only addresses are reserved by that: a page costs memory
 * when it is first written to.
 */
#define _GNU_SOURCE
#include "xsAll.h"

#include "machine.h"
#include "stator-memory.h"

#include <sys/mman.h>

enum { SLOTS_LEAST = 64, PAGE = 4096, TASKS_LARGE = 4096 };

/* `wanted`, as long as as much is free besides: chunks and slots share the block. */
static size_t bounded(const stator_block *block, size_t wanted)
{
	size_t most = stator_block_free(block) / 2;
	return (wanted < most ? wanted : most) & ~(size_t)15;
}

static stator_block *block_of(const txMachine *the)
{
	return &((stator_machine *)the->context)->block;
}

/* Tasks by the thousand lie on more pages than the processor has translations for: what comes from here on lies on large ones. */
void stator_memory_tasks(txMachine *the, uint32_t tasks)
{
	const stator_block *block = block_of(the);
	if (tasks >= TASKS_LARGE) /* refused: on small ones */
		madvise(block->low - ((uintptr_t)block->low & (PAGE - 1)), (size_t)(block->high - block->low), MADV_HUGEPAGE);
}

void stator_memory_marked(txMachine *the)
{
	txSize slots = (txSize)(bounded(block_of(the), (size_t)the->maximumHeapCount / 4 * sizeof(txSlot)) / sizeof(txSlot));
	the->minimumHeapCount = slots > SLOTS_LEAST ? slots : SLOTS_LEAST;
}

void stator_memory_swept(txMachine *the)
{
	stator_block *block = block_of(the);
	txBlock *chunks = the->firstBlock;
	if (!chunks || (char *)chunks->limit != block->low)
		return;
	/*
	 * What is alive is about to be moved together: it will end at `temporary`. Arrays lose what they had in reserve, and take a third more
	 * than they hold, in another place, at their next `push`: all of them must find that before the next collection.
	 */
	size_t room = (size_t)(chunks->limit - chunks->temporary), wanted = bounded(block, 2 * (size_t)the->currentChunksSize);
	if (room >= wanted)
		return;
	txSize more = (txSize)((wanted - room) & ~(size_t)15);
	chunks->limit += more;
	block->low += more;
	the->maximumChunksSize += more;
}

static void give_back(txByte *begin, txByte *end)
{
	txByte *from = begin + (-(uintptr_t)begin & (PAGE - 1)), *to = end - ((uintptr_t)end & (PAGE - 1));
	if (from < to)
		madvise(from, (size_t)(to - from), MADV_DONTNEED); /* refused: it stays as it is */
}

void stator_memory_rest(txMachine *the)
{
	for (txBlock *chunks = the->firstBlock; chunks; chunks = chunks->nextBlock)
		give_back(chunks->current, chunks->limit);
}
