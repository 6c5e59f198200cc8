/*
 * The policy "fair", the default: rounds. A round takes what is ready when it begins, the highest priority level first and lower
 * slots before higher ones; what becomes ready meanwhile is polled in the next (native/abi/ready.h).
 */
#include "ready.h"

#include "atomic.h"

/* A round that was cut short and has tasks left. One cut short behind its last task has ended. */
static bool round_under_way(const stator_ready *set)
{
	if (set->words == 1)
		return set->taken_summary[0] && set->level < STATOR_LEVELS;
	if (set->level < STATOR_LEVELS)
		for (uint32_t i = 0; i < set->summary_words; i++)
			if (set->taken_summary[i])
				return true;
	return false;
}

bool stator_ready_any(const stator_ready *set)
{
	if (set->words == 1 && atomic_load(&set->summary[0]))
		return true;
	for (uint32_t i = 0; i < set->summary_words; i++)
		if (atomic_load(&set->summary[i]))
			return true;
	return round_under_way(set);
}

void stator_ready_begin(stator_ready *set)
{
	if (set->words == 1) { /* up to 32 slots: no loops. The summary comes first here, too. */
		if (set->taken_summary[0] && set->level < STATOR_LEVELS)
			return;
		if (atomic_load(&set->summary[0])) {
			atomic_take(&set->summary[0]);
			uint32_t taken = set->taken[0] | atomic_take(&set->ready[0]);
			set->taken[0] = taken;
			set->taken_summary[0] = taken != 0;
		}
		set->level = 0;
		return;
	}
	if (round_under_way(set))
		return;
	for (uint32_t i = 0; i < set->summary_words; i++) {
		if (!atomic_load(&set->summary[i]))
			continue;
		uint32_t dirty = atomic_take(&set->summary[i]);
		while (dirty) {
			uint32_t bit = dirty & -dirty, word = 32 * i + (uint32_t)__builtin_ctz(dirty);
			dirty &= dirty - 1;
			set->taken[word] |= atomic_take(&set->ready[word]);
			if (set->taken[word])
				set->taken_summary[i] |= bit;
		}
	}
	set->level = 0;
	set->word = 0;
}

/* Takes the slot's bit, and the word's with its last slot. */
static inline void take(stator_ready *set, uint32_t word, uint32_t bit)
{
	set->taken[word] &= ~bit;
	if (!set->taken[word])
		set->taken_summary[word / 32] &= ~(1u << (word % 32));
}

int32_t stator_ready_next(stator_ready *set)
{
	if (set->words == 1) { /* up to 32 slots: nothing to be searched but the levels. 90 instructions less between an interrupt and its task */
		uint32_t taken = set->taken[0], level = set->level;
		if (!taken)
			return -1;
		for (; level < STATOR_LEVELS; level++) {
			uint32_t bits = taken & set->member[level][0];
			if (!bits)
				continue;
			set->level = level;
			taken &= ~(bits & -bits);
			set->taken[0] = taken;
			set->taken_summary[0] = taken != 0;
			return __builtin_ctz(bits);
		}
		set->level = level;
		return -1;
	}
	/* The usual case: one more in the word in which the round stands. */
	if (set->level < STATOR_LEVELS && set->word < set->words) {
		uint32_t word = set->word, bits = set->taken[word] & set->member[set->level][word];
		if (bits) {
			take(set, word, bits & -bits);
			return (int32_t)(32 * word + (uint32_t)__builtin_ctz(bits));
		}
	}
	for (; set->level < STATOR_LEVELS; set->level++, set->word = 0) {
		const uint32_t *member = set->member[set->level];
		for (uint32_t i = set->word / 32; i < set->summary_words; i++) {
			uint32_t dirty = set->taken_summary[i];
			if (i == set->word / 32)
				dirty &= ~0u << (set->word % 32);
			for (; dirty; dirty &= dirty - 1) {
				uint32_t word = 32 * i + (uint32_t)__builtin_ctz(dirty);
				uint32_t bits = set->taken[word] & member[word];
				if (!bits)
					continue;
				set->word = word;
				take(set, word, bits & -bits);
				return (int32_t)(32 * word + (uint32_t)__builtin_ctz(bits));
			}
		}
	}
	return -1;
}

stator_task_id stator_ready_retire(stator_ready *set, uint32_t slot)
{
	uint32_t bit = 1u << (slot % 32);
	__atomic_store_n(&set->generation[slot], (set->generation[slot] + 1) & STATOR_GENERATION_MASK, __ATOMIC_RELAXED);
	atomic_and(&set->ready[slot / 32], ~bit);
	take(set, slot / 32, bit);
	return stator_ready_id(set, slot);
}

void stator_ready_level(stator_ready *set, uint32_t slot, uint32_t level)
{
	uint32_t word = slot / 32, bit = 1u << (slot % 32);
	for (uint32_t i = 0; i < STATOR_LEVELS; i++)
		set->member[i][word] &= ~bit;
	set->member[level][word] |= bit;
	/* Moved above where the round stands: it would be passed over, so it goes to the next round instead. */
	if ((set->taken[word] & bit) && (level < set->level || (level == set->level && word < set->word))) {
		take(set, word, bit);
		atomic_or(&set->ready[word], bit);
		atomic_or(&set->summary[word / 32], 1u << (word % 32));
	}
}

uint32_t stator_order_words(uint32_t slots)
{
	(void)slots;
	return 0;
}

void stator_order_init(stator_ready *set, const stator_ready *old)
{
	(void)set;
	(void)old;
}

int32_t stator_order_deadline(stator_ready *set, uint32_t slot, uint32_t what, uint32_t *tick)
{
	(void)set;
	(void)slot;
	(void)what;
	(void)tick;
	return STATOR_NO_DEADLINES;
}
