/*
 * The ready set of native/abi/ready.h: its memory, and wakes. In which order what is ready is polled is the policy's: ready-fair.c,
 * ready-priority.c or ready-deadline.c, of which the build links one (or several behind ready-mixed.c). No engine, no
 * platform; compiled for the host under sanitizers in tests.
 */
#include "ready.h"

#include "atomic.h"
#include "hooks.h"

#include <string.h>

static uint32_t words_of(uint32_t bits)
{
	return (bits + 31) / 32;
}

uint32_t stator_ready_size(uint32_t slots)
{
	uint32_t words = words_of(slots);
	return 4 * ((2 + STATOR_LEVELS) * words + 2 * words_of(words) + slots + stator_order_words(slots));
}

void stator_ready_init(stator_ready *set, uint32_t slots, void *memory, const stator_ready *old)
{
	uint32_t *at = memory;
	stator_ready fresh = { .slots = slots, .words = words_of(slots), .summary_words = words_of(words_of(slots)),
		.level = STATOR_LEVELS };
	fresh.ready = at;
	at += fresh.words;
	fresh.taken = at;
	at += fresh.words;
	for (int level = 0; level < STATOR_LEVELS; level++, at += fresh.words)
		fresh.member[level] = at;
	fresh.summary = at;
	at += fresh.summary_words;
	fresh.taken_summary = at;
	at += fresh.summary_words;
	fresh.generation = at;
	at += slots;
	fresh.order = at;
	if (old) {
		memcpy(fresh.ready, old->ready, 4 * old->words);
		memcpy(fresh.taken, old->taken, 4 * old->words);
		for (int level = 0; level < STATOR_LEVELS; level++)
			memcpy(fresh.member[level], old->member[level], 4 * old->words);
		memcpy(fresh.summary, old->summary, 4 * old->summary_words);
		memcpy(fresh.taken_summary, old->taken_summary, 4 * old->summary_words);
		memcpy(fresh.generation, old->generation, 4 * old->slots);
		fresh.level = old->level;
		fresh.word = old->word;
		fresh.wakes = old->wakes;
	}
	*set = fresh;
	stator_order_init(set, old);
}

bool stator_ready_wake(stator_ready *set, stator_task_id id)
{
	uint32_t slot = (uint32_t)id & STATOR_SLOT_MASK;
	/* Relaxed, here and in stator_ready_retire: an id is stale or it is not, nothing else hangs on the order. */
	if (slot >= set->slots || __atomic_load_n(&set->generation[slot], __ATOMIC_RELAXED) != (uint32_t)id >> STATOR_SLOT_BITS)
		return false;
	stator_ready_again(set, slot);
	return true;
}

void stator_ready_again(stator_ready *set, uint32_t slot)
{
	uint32_t word = slot / 32;
	/* A load and a store, not an atomic addition: the count may miss some across threads and costs nothing. */
	__atomic_store_n(&set->wakes, __atomic_load_n(&set->wakes, __ATOMIC_RELAXED) + 1, __ATOMIC_RELAXED);
	/* Release order, in both steps: partner of the acquire in stator_ready_begin. The word comes first. */
	atomic_or(&set->ready[word], 1u << (slot % 32));
	atomic_or(&set->summary[word / 32], 1u << (word % 32));
	hook_trace(set, STATOR_TRACE_WAKE, slot);
}
