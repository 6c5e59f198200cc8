/*
 * What many sleepers touch when they wake is fetched ahead of their polls. A host's tasks are more than its caches hold, and those that
 * one tick wakes lie anywhere among them: each poll would wait for memory four to six times, one after the other. When the wheel has turned
 * it is known who will be polled, so all of it is asked for at once (prefetch: a hint, of no effect on what is computed).
 *
 * Pools whose frames are polled as objects are noted (fetchAhead, hal.ts), in the block of their machine, of which they are a part as the tasks
 * are: a thread that ends leaves nothing behind. A program without any pays a load. The executor's own thread.
 */
#include "xsAll.h"

#include "atomic.h"
#include "executor-here.h"
#include "heap.h"
#include "stator-memory.h"

#include <stdlib.h>

enum {
	LINE = 64,
	SLOTS_MAX = 512,       /* in one turn: more than the nearest cache holds has gone when it is wanted */
	OBJECT_BYTES_MAX = 256,
};

typedef struct pool {
	struct pool *next;
	const stator_executor *executor;
	uint32_t base, count;
	ptrdiff_t span;          /* bytes from an object's instance to its last property, as the last one of the pool lies */
} pool;

static __thread pool *pools;
static const txSlot nothing;

/* The elements of a dense array; null when it is none. */
static const txSlot *elements_of(const txSlot *instance)
{
	const txSlot *array = instance->next;
	return array && array->kind == XS_ARRAY_KIND ? array->value.array.address : NULL;
}

/* fetchAhead(base, frames). INIT */
void xs_stator_fetch_ahead(txMachine *the)
{
	const txSlot *frames = mxArgc > 1 && mxArgv(1)->kind == XS_REFERENCE_KIND ? mxArgv(1)->value.reference : NULL;
	const txSlot *elements = frames ? elements_of(frames) : NULL;
	pool *fresh = elements ? stator_heap_keep(sizeof *fresh) : NULL; /* none: it is slower, no more */
	if (!fresh)
		return;
	*fresh = (pool){ .next = pools, .executor = EXECUTOR, .base = (uint32_t)fxToInteger(the, mxArgv(0)),
		.count = frames->next->value.array.length };
	if (fresh->count && elements[fresh->count - 1].kind == XS_REFERENCE_KIND) {
		const txSlot *object = elements[fresh->count - 1].value.reference;
		for (const txSlot *slot = object; slot; slot = slot->next) {
			ptrdiff_t away = labs((const char *)slot - (const char *)object);
			if (away > fresh->span && away <= OBJECT_BYTES_MAX)
				fresh->span = away;
		}
	}
	pools = fresh;
}

/* The pool of a slot, most likely that of the slot before. */
static const pool *pool_of(const stator_executor *executor, const pool *near, uint32_t slot)
{
	if (near && slot - near->base < near->count)
		return near;
	for (const pool *at = pools; at; at = at->next)
		if (at->executor == executor && slot - at->base < at->count)
			return at;
	return NULL;
}

/* Those that are ready and lie in a pool, in the order of polls. */
static uint32_t woken(const stator_executor *executor, uint32_t *slots, const pool **of)
{
	const stator_ready *set = &executor->ready;
	uint32_t count = 0;
	for (uint32_t i = 0; i < set->summary_words; i++)
		for (uint32_t words = atomic_load(&set->summary[i]); words; words &= words - 1) {
			uint32_t word = 32 * i + (uint32_t)__builtin_ctz(words);
			for (uint32_t bits = atomic_load(&set->ready[word]); bits; bits &= bits - 1) {
				uint32_t slot = 32 * word + (uint32_t)__builtin_ctz(bits);
				const pool *pool = pool_of(executor, count ? of[count - 1] : NULL, slot);
				if (!pool)
					continue;
				slots[count] = slot;
				of[count] = pool;
				if (++count == SLOTS_MAX)
					return count;
			}
		}
	return count;
}

void stator_memory_ahead(const stator_executor *executor, const txSlot *polls)
{
	uint32_t slots[SLOTS_MAX];
	const pool *of[SLOTS_MAX];
	if (!pools || polls->kind != XS_REFERENCE_KIND)
		return;
	const txSlot *turns = elements_of(polls->value.reference);
	uint32_t count = woken(executor, slots, of);
	if (count < 2 || !turns)
		return;
	for (uint32_t i = 0; i < count; i++) {
		__builtin_prefetch(turns + slots[i]);
		if (slots[i] < executor->accounts.room)
			__builtin_prefetch(&executor->accounts.slots[slots[i]], 1);
	}
	const txSlot *objects[SLOTS_MAX];
	for (uint32_t i = 0; i < count; i++) {
		const txSlot *turn = turns + slots[i];
		objects[i] = turn->kind == XS_REFERENCE_KIND ? turn->value.reference : &nothing; /* a function while the task is asked to end */
		__builtin_prefetch(objects[i], 1);
	}
	/* The engine gives out what lies beside each other, upwards in fresh memory, downwards in what a collection has freed. */
	for (uint32_t i = 0; i < count; i++) {
		const char *object = (const char *)objects[i];
		const bool up = objects[i]->next > objects[i];
		for (ptrdiff_t at = LINE; at < of[i]->span + LINE; at += LINE)
			__builtin_prefetch(up ? object + at : object - at, 1);
	}
}
