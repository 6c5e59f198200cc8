/* Each executor its own policy (ready-mixed.h). Costs one indirect call more for each of these. */
#include "ready-mixed.h"

static inline const stator_policy *policy_of(const stator_ready *set)
{
	return stator_policies[stator_machine_number((const stator_machine *)set)];
}

bool stator_ready_any(const stator_ready *set)
{
	return policy_of(set)->any(set);
}

void stator_ready_begin(stator_ready *set)
{
	policy_of(set)->begin(set);
}

int32_t stator_ready_next(stator_ready *set)
{
	return policy_of(set)->next(set);
}

stator_task_id stator_ready_retire(stator_ready *set, uint32_t slot)
{
	return policy_of(set)->retire(set, slot);
}

void stator_ready_level(stator_ready *set, uint32_t slot, uint32_t level)
{
	policy_of(set)->level(set, slot, level);
}

/* The most that any of them needs: which machine asks is not known here. */
uint32_t stator_order_words(uint32_t slots)
{
	uint32_t most = 0;
	for (uint32_t i = 0; i < stator_machine_count; i++) {
		uint32_t words = stator_policies[i]->words(slots);
		most = words > most ? words : most;
	}
	return most;
}

int32_t stator_order_deadline(stator_ready *set, uint32_t slot, uint32_t what, uint32_t *tick)
{
	return policy_of(set)->deadline(set, slot, what, tick);
}

void stator_order_init(stator_ready *set, const stator_ready *old)
{
	policy_of(set)->init(set, old);
}
