/*
 * What all machines of a program share (shared-memory.h). Kept apart from every machine's block, and under a lock: machines on threads may
 * ask for it at the same time, while others allocate.
 */
#include "shared-memory.h"

#include "heap.h"
#include "hold.h"

static stator_block shared;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void shared_memory_init(char *begin, char *end)
{
	stator_block_init(&shared, begin, end);
}

/* From the low end up: numbers are made of distances from the begin of the block before (native/xs/ring-glue.c). */
void *stator_heap_keep_shared(size_t size)
{
	void *memory = NULL;
	linux_mutex_lock(&lock);
	size = (size + 15) & ~(size_t)15;
	if (size <= stator_block_free(&shared)) {
		memory = shared.low;
		shared.low += size;
	}
	linux_mutex_unlock(&lock);
	return memory;
}
