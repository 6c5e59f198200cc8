/*
 * The pool behind c_malloc: XS allocates its machine record, key and name tables, one jump record per `try` entered
 * and the state of a regular expression this way, nothing else. First fit over one static array, blocks in address
 * order, neighbours merged when freed. Its size is the setting poolBytes; nothing here falls back on
 * the C library (a board that pulled malloc in would not link, see native/cortex-m/board.ld).
 *
 * Each machine has a pool of its own, since one may be interrupted by another in the middle of a call: nothing is masked
 * here, and no machine waits for another. `stator_pool_current` says whose turn it is. Only the engine calls.
 */
#include "heap.h"
#include "settings.h"

#include <string.h>

typedef struct block {
	size_t size; /* of what follows; the low bit says that it is in use */
	size_t pad;  /* keeps what follows aligned as the platform's malloc would */
} block;

enum { IN_USE = 1, ALIGN = 2 * sizeof(size_t) };

static stator_pool_info main_pool;
STATOR_THREAD_LOCAL stator_pool_info *stator_pool_current = &main_pool;

void *stator_malloc(size_t size);
void stator_free(void *memory);

static block *first(stator_pool_info *pool)
{
	if (!pool->memory) { /* the one in thread mode, before its first use */
		pool->memory = stator_pool_memory;
		pool->size = stator_settings.pool_bytes;
	}
	block *start = (block *)pool->memory;
	if (!start->size) {
		pool->size &= ~(size_t)(ALIGN - 1);
		start->size = pool->size - sizeof(block);
	}
	return start;
}

static size_t size_of(const block *b)
{
	return b->size & ~(size_t)IN_USE;
}

static block *after(const stator_pool_info *pool, block *b)
{
	char *next = (char *)(b + 1) + size_of(b);
	return next < pool->memory + pool->size ? (block *)next : NULL;
}

static void split(const stator_pool_info *pool, block *b, size_t size)
{
	size_t rest = size_of(b) - size;
	if (rest < sizeof(block) + ALIGN)
		return;
	b->size = size | (b->size & IN_USE);
	block *remainder = after(pool, b);
	remainder->size = rest - sizeof(block);
}

void *stator_malloc(size_t size)
{
	/* A block of 0 bytes would look like the pool before its first use; a size that wraps, like a small one. */
	stator_pool_info *pool = stator_pool_current;
	size_t rounded = size ? (size + ALIGN - 1) & ~(size_t)(ALIGN - 1) : ALIGN;
	pool->calls++;
	for (block *b = rounded < size ? NULL : first(pool); b; b = after(pool, b)) {
		if (b->size & IN_USE || b->size < rounded)
			continue;
		split(pool, b, rounded);
		b->size |= IN_USE;
		pool->used += size_of(b) + sizeof(block);
		if (pool->used > pool->peak)
			pool->peak = pool->used;
		return b + 1;
	}
	stator_out_of(NULL, STATOR_OUT_OF_POOL, size);
	return NULL;
}

void stator_free(void *memory)
{
	if (!memory)
		return;
	stator_pool_info *pool = stator_pool_current;
	block *freed = (block *)memory - 1;
	pool->used -= size_of(freed) + sizeof(block);
	freed->size &= ~(size_t)IN_USE;
	block *previous = NULL;
	for (block *b = first(pool); b; previous = b, b = after(pool, b)) {
		if (previous && !(previous->size & IN_USE) && !(b->size & IN_USE)) {
			previous->size += sizeof(block) + b->size;
			b = previous;
		}
		if (b > freed)
			break;
	}
}

void *stator_calloc(size_t count, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, size, &bytes))
		bytes = SIZE_MAX;
	void *memory = stator_malloc(bytes);
	if (memory)
		memset(memory, 0, bytes);
	return memory;
}

void *stator_realloc(void *memory, size_t size)
{
	void *fresh = stator_malloc(size);
	if (fresh && memory) {
		size_t old = size_of((block *)memory - 1);
		memcpy(fresh, memory, old < size ? old : size);
		stator_free(memory);
	}
	return fresh;
}

stator_pool_info stator_pool_stat(void)
{
	return *stator_pool_current;
}
