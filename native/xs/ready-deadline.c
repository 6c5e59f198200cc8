/*
 * The policy "deadline": of the tasks that are ready, the one with the earliest deadline comes next, looked at anew before each poll. Tasks
 * without a deadline come behind those that have one, the highest priority level first. Where all that is the same, they come in
 * the order in which they became ready: so tasks without deadlines, at one level, share as fairly as in rounds.
 *
 * A deadline is a tick of the clock. It is set for a tenancy, or counted from each wake; then from when the executor takes the wake
 * up, which it does before each poll. Deadlines that are compared lie less than 2^31 ticks apart.
 *
 * Model. Before each poll the wakes that have come are moved from `ready` into a heap (`taken` has a bit for each that is in it), ordered
 * by `before`. Each slot knows its place in the heap, so that one that is retired or gets another deadline or level is found at
 * once. Cost of a poll, a wake and a change: O(log ready tasks). 20 bytes a slot, in this policy alone.
 */
#include "ready.h"

#include "atomic.h"
#include "port.h"

/* set->word: the round's one poll is still to come. */

enum { COUNT, SEQUENCE, HEADER, ARRAYS = 5 };
/* What `place` holds of a slot, beside its place in the heap, which counts from 1; 0: it is not in it. */
#define HAS 0x80000000u   /* it has a deadline now */
#define FIXED 0x40000000u /* set for this tenancy: wakes change nothing */
#define INDEX 0x00FFFFFFu

/* `rank`: 0 with a deadline, else 1 + level, in two bits; below them the count of wakes. */
enum { RANK_SHIFT = 30 };
#define ORDER_OF_WAKES ((1u << RANK_SHIFT) - 1)

typedef struct {
	uint32_t *deadline, *rank, *after_wake, *place, *heap;
} arrays;

static inline arrays arrays_of(const stator_ready *set)
{
	uint32_t *at = set->order + HEADER, slots = set->slots;
	return (arrays) { at, at + slots, at + 2 * slots, at + 3 * slots, at + 4 * slots };
}

static bool before(const arrays *a, uint32_t one, uint32_t other)
{
	uint32_t rank = a->rank[one] >> RANK_SHIFT, other_rank = a->rank[other] >> RANK_SHIFT;
	if (rank != other_rank)
		return rank < other_rank;
	if (rank == 0 && a->deadline[one] != a->deadline[other])
		return (int32_t)(a->deadline[one] - a->deadline[other]) < 0;
	return (int32_t)((a->rank[one] - a->rank[other]) << (32 - RANK_SHIFT)) < 0;
}

static inline void put(const arrays *a, uint32_t index, uint32_t slot)
{
	a->heap[index] = slot;
	a->place[slot] = (a->place[slot] & ~INDEX) | (index + 1);
}

/* Moves the slot that stands at an index up or down to where it belongs. */
static void sift(const arrays *a, uint32_t count, uint32_t index)
{
	uint32_t slot = a->heap[index];
	for (; index > 0 && before(a, slot, a->heap[(index - 1) / 2]); index = (index - 1) / 2)
		put(a, index, a->heap[(index - 1) / 2]);
	for (uint32_t child; (child = 2 * index + 1) < count; index = child) {
		if (child + 1 < count && before(a, a->heap[child + 1], a->heap[child]))
			child++;
		if (!before(a, a->heap[child], slot))
			break;
		put(a, index, a->heap[child]);
	}
	put(a, index, slot);
}

static void remove_at(stator_ready *set, const arrays *a, uint32_t index)
{
	uint32_t slot = a->heap[index], last = a->heap[--set->order[COUNT]];
	a->place[slot] &= ~INDEX;
	set->taken[slot / 32] &= ~(1u << (slot % 32));
	if (last == slot)
		return;
	put(a, index, last);
	sift(a, set->order[COUNT], index);
}

static uint32_t level_of(const stator_ready *set, uint32_t slot)
{
	uint32_t level = 0;
	while (level < STATOR_LEVELS - 1 && !(set->member[level][slot / 32] >> (slot % 32) & 1))
		level++;
	return level;
}

/* The slot's rank is that of its deadline or level, its place in the order of wakes stays. */
static void rank(stator_ready *set, const arrays *a, uint32_t slot)
{
	uint32_t of = a->place[slot] & HAS ? 0 : 1 + level_of(set, slot);
	a->rank[slot] = (a->rank[slot] & ORDER_OF_WAKES) | of << RANK_SHIFT;
	if (a->place[slot] & INDEX)
		sift(a, set->order[COUNT], (a->place[slot] & INDEX) - 1);
}

static void enter(stator_ready *set, const arrays *a, uint32_t slot)
{
	if (a->place[slot] & INDEX)
		return; /* woken twice before its poll */
	if (!(a->place[slot] & FIXED) && a->after_wake[slot]) {
		a->place[slot] |= HAS;
		a->deadline[slot] = stator_port_now() + a->after_wake[slot];
	}
	a->rank[slot] = set->order[SEQUENCE]++ & ORDER_OF_WAKES;
	rank(set, a, slot);
	uint32_t index = set->order[COUNT]++;
	put(a, index, slot);
	set->taken[slot / 32] |= 1u << (slot % 32);
	sift(a, index + 1, index);
}

bool stator_ready_any(const stator_ready *set)
{
	if (set->slots && set->order[COUNT])
		return true;
	for (uint32_t i = 0; i < set->summary_words; i++)
		if (atomic_load(&set->summary[i]))
			return true;
	return false;
}

void stator_ready_begin(stator_ready *set)
{
	set->word = 1;
}

int32_t stator_ready_next(stator_ready *set)
{
	if (!set->word || !set->slots)
		return -1;
	set->word = 0;
	const arrays a = arrays_of(set);
	for (uint32_t i = 0; i < set->summary_words; i++) {
		if (!atomic_load(&set->summary[i]))
			continue;
		/* The summary first, the word second: partner of stator_ready_again. */
		for (uint32_t dirty = atomic_take(&set->summary[i]); dirty; dirty &= dirty - 1) {
			uint32_t word = 32 * i + (uint32_t)__builtin_ctz(dirty);
			for (uint32_t bits = atomic_take(&set->ready[word]); bits; bits &= bits - 1)
				enter(set, &a, 32 * word + (uint32_t)__builtin_ctz(bits));
		}
	}
	if (!set->order[COUNT])
		return -1;
	uint32_t slot = a.heap[0];
	remove_at(set, &a, 0);
	return (int32_t)slot;
}

stator_task_id stator_ready_retire(stator_ready *set, uint32_t slot)
{
	const arrays a = arrays_of(set);
	__atomic_store_n(&set->generation[slot], (set->generation[slot] + 1) & STATOR_GENERATION_MASK, __ATOMIC_RELAXED);
	atomic_and(&set->ready[slot / 32], ~(1u << (slot % 32)));
	if (a.place[slot] & INDEX)
		remove_at(set, &a, (a.place[slot] & INDEX) - 1);
	a.place[slot] = 0;
	return stator_ready_id(set, slot);
}

void stator_ready_level(stator_ready *set, uint32_t slot, uint32_t level)
{
	const arrays a = arrays_of(set);
	uint32_t word = slot / 32, bit = 1u << (slot % 32);
	for (uint32_t i = 0; i < STATOR_LEVELS; i++)
		set->member[i][word] &= ~bit;
	set->member[level][word] |= bit;
	rank(set, &a, slot);
}

uint32_t stator_order_words(uint32_t slots)
{
	return HEADER + ARRAYS * slots;
}

void stator_order_init(stator_ready *set, const stator_ready *old)
{
	if (!old)
		return;
	set->order[COUNT] = old->order[COUNT];
	set->order[SEQUENCE] = old->order[SEQUENCE];
	const arrays fresh = arrays_of(set), was = arrays_of(old);
	for (uint32_t slot = 0; slot < old->slots; slot++) {
		fresh.deadline[slot] = was.deadline[slot];
		fresh.rank[slot] = was.rank[slot];
		fresh.after_wake[slot] = was.after_wake[slot];
		fresh.place[slot] = was.place[slot];
		fresh.heap[slot] = was.heap[slot];
	}
}

int32_t stator_order_deadline(stator_ready *set, uint32_t slot, uint32_t what, uint32_t *tick)
{
	const arrays a = arrays_of(set);
	switch (what) {
	case STATOR_DEADLINE_SET:
		a.deadline[slot] = *tick;
		a.place[slot] |= HAS | FIXED;
		rank(set, &a, slot);
		break;
	case STATOR_DEADLINE_NONE:
		a.place[slot] = (a.place[slot] & ~HAS) | FIXED;
		rank(set, &a, slot);
		break;
	case STATOR_DEADLINE_AFTER_WAKE:
		a.after_wake[slot] = *tick;
		break;
	case STATOR_DEADLINE_GET:
		*tick = a.deadline[slot];
		break;
	}
	return a.place[slot] & HAS ? STATOR_DEADLINE_IS : STATOR_DEADLINE_IS_NONE;
}
