/* What all machines of a board share is kept in the block of the machine in thread mode (native/xs/heap.h). */
#include "heap.h"
#include "machine.h"

#include <string.h>

/* From the chunks' end: below the slots' end a level's stack may lie while its module runs (levels.c). */
void *stator_heap_keep_shared(size_t size)
{
	stator_block *block = &stator_machines[0].block;
	block->low += -(uintptr_t)block->low & 15;
	size = (size + 15) & ~(size_t)15;
	if (block->low > block->high || size > stator_block_free(block))
		return NULL;
	void *memory = block->low;
	block->low += size;
	return memset(memory, 0, size);
}
