/*
 * The policy "priority": the highest priority level that is ready comes next, looked at anew before each poll. So a task that becomes ready
 * goes before all tasks of lower levels, whether these were ready before or not; one that is ready again and again keeps lower levels
 * from their turns for ever: that is what was asked for.
 *
 * Tasks of one level have turns in the order of their slots, beginning behind the one that was polled last at that level, round and
 * round: between two polls of one, every other of its level that is ready has one.
 *
 * `order`: for each level the slot at which the search begins. `taken` stays empty. A poll costs a look at each summary word, three times at most.
 */
#include "ready.h"

#include "atomic.h"

/* set->word: the round's one poll is still to come. */

bool stator_ready_any(const stator_ready *set)
{
	for (uint32_t i = 0; i < set->summary_words; i++)
		if (atomic_load(&set->summary[i]))
			return true;
	return false;
}

void stator_ready_begin(stator_ready *set)
{
	set->word = 1;
}

/* The summary's bit of a word that was found empty. A wake that came in between is seen by the second look: its word was set before its
   summary bit, which this takes away. */
static void forget(stator_ready *set, uint32_t word)
{
	uint32_t bit = 1u << (word % 32);
	atomic_and(&set->summary[word / 32], ~bit);
	if (atomic_load(&set->ready[word]))
		atomic_or(&set->summary[word / 32], bit);
}

/* The first ready slot of a level from where its search begins, round to there; -1: none. */
static int32_t find(stator_ready *set, uint32_t level)
{
	const uint32_t *member = set->member[level];
	const uint32_t begin = set->order[level], home = begin / 32, behind = ~1u << (home % 32);
	uint32_t bits = atomic_load(&set->ready[home]) & member[home] & ~0u << (begin % 32);
	if (bits)
		return (int32_t)(32 * home + (uint32_t)__builtin_ctz(bits));
	for (uint32_t n = 0, i = home / 32; n <= set->summary_words; n++, i = i + 1 < set->summary_words ? i + 1 : 0) {
		uint32_t dirty = atomic_load(&set->summary[i]);
		if (n == 0)
			dirty &= behind;
		else if (n == set->summary_words) /* round: the words up to the one where it began, and that one whole */
			dirty &= ~behind;
		for (; dirty; dirty &= dirty - 1) {
			uint32_t word = 32 * i + (uint32_t)__builtin_ctz(dirty);
			bits = atomic_load(&set->ready[word]) & member[word];
			if (bits)
				return (int32_t)(32 * word + (uint32_t)__builtin_ctz(bits));
		}
	}
	return -1;
}

int32_t stator_ready_next(stator_ready *set)
{
	if (!set->word || !set->slots)
		return -1;
	set->word = 0;
	for (uint32_t level = 0; level < STATOR_LEVELS; level++) {
		int32_t slot = find(set, level);
		if (slot < 0)
			continue;
		uint32_t word = (uint32_t)slot / 32;
		atomic_and(&set->ready[word], ~(1u << (slot % 32)));
		if (!atomic_load(&set->ready[word]))
			forget(set, word);
		set->order[level] = (uint32_t)slot + 1 < set->slots ? (uint32_t)slot + 1 : 0;
		return slot;
	}
	for (uint32_t i = 0; i < set->summary_words; i++) /* what is left of slots that were retired */
		for (uint32_t dirty = atomic_load(&set->summary[i]); dirty; dirty &= dirty - 1)
			if (!atomic_load(&set->ready[32 * i + (uint32_t)__builtin_ctz(dirty)]))
				forget(set, 32 * i + (uint32_t)__builtin_ctz(dirty));
	return -1;
}

stator_task_id stator_ready_retire(stator_ready *set, uint32_t slot)
{
	__atomic_store_n(&set->generation[slot], (set->generation[slot] + 1) & STATOR_GENERATION_MASK, __ATOMIC_RELAXED);
	atomic_and(&set->ready[slot / 32], ~(1u << (slot % 32)));
	return stator_ready_id(set, slot);
}

void stator_ready_level(stator_ready *set, uint32_t slot, uint32_t level)
{
	uint32_t word = slot / 32, bit = 1u << (slot % 32);
	for (uint32_t i = 0; i < STATOR_LEVELS; i++)
		set->member[i][word] &= ~bit;
	set->member[level][word] |= bit;
}

uint32_t stator_order_words(uint32_t slots)
{
	(void)slots;
	return STATOR_LEVELS;
}

void stator_order_init(stator_ready *set, const stator_ready *old)
{
	for (uint32_t level = 0; level < STATOR_LEVELS; level++)
		set->order[level] = old ? old->order[level] : 0;
}

int32_t stator_order_deadline(stator_ready *set, uint32_t slot, uint32_t what, uint32_t *tick)
{
	(void)set;
	(void)slot;
	(void)what;
	(void)tick;
	return STATOR_NO_DEADLINES;
}
