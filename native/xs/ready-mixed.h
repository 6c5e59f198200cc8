/*
 * ready-mixed.h: for programs whose executors have different policies. The policies' files are compiled once more with names of
 * their own (stator_priority_next, …; native/CMakeLists.txt), and ready-mixed.c calls those of the machine that runs: the ready
 * set of an executor stands at the beginning of its machine. A program of one policy has nothing of this.
 */
#ifndef STATOR_READY_MIXED_H
#define STATOR_READY_MIXED_H

#include "machine.h"

typedef struct {
	bool (*any)(const stator_ready *set);
	void (*begin)(stator_ready *set);
	int32_t (*next)(stator_ready *set);
	stator_task_id (*retire)(stator_ready *set, uint32_t slot);
	void (*level)(stator_ready *set, uint32_t slot, uint32_t level);
	uint32_t (*words)(uint32_t slots);
	void (*init)(stator_ready *set, const stator_ready *old);
	int32_t (*deadline)(stator_ready *set, uint32_t slot, uint32_t what, uint32_t *tick);
} stator_policy;

/* In levels.c of the application: a policy that some machine has, by its name. */
#define STATOR_POLICY(name)                                                                                             \
	bool stator_##name##_any(const stator_ready *);                                                                     \
	void stator_##name##_begin(stator_ready *);                                                                         \
	int32_t stator_##name##_next(stator_ready *);                                                                       \
	stator_task_id stator_##name##_retire(stator_ready *, uint32_t);                                                    \
	void stator_##name##_level(stator_ready *, uint32_t, uint32_t);                                                     \
	uint32_t stator_##name##_words(uint32_t);                                                                           \
	void stator_##name##_init(stator_ready *, const stator_ready *);                                                    \
	int32_t stator_##name##_deadline(stator_ready *, uint32_t, uint32_t, uint32_t *);                                   \
	static const stator_policy stator_##name##_policy = { stator_##name##_any, stator_##name##_begin,                   \
		stator_##name##_next, stator_##name##_retire, stator_##name##_level, stator_##name##_words, stator_##name##_init, \
		stator_##name##_deadline }

/* The policy of each machine, in the order of stator_machines. */
extern const stator_policy *const stator_policies[];

#endif
