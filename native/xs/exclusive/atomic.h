/*
 * atomic.h: the operations on words shared with interrupt handlers and threads.
 * The compiler's atomics: for cores with exclusive access (Armv7-M and later) and for hosts. The build chooses this folder
 * or ../masked (STATOR_ATOMIC).
 */
#ifndef STATOR_ATOMIC_H
#define STATOR_ATOMIC_H

#include <stdint.h>

static inline uint32_t atomic_load(const uint32_t *word)
{
	return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static inline void atomic_or(uint32_t *word, uint32_t bits)
{
	__atomic_fetch_or(word, bits, __ATOMIC_ACQ_REL);
}

static inline void atomic_and(uint32_t *word, uint32_t bits)
{
	__atomic_fetch_and(word, bits, __ATOMIC_ACQ_REL);
}

/* Adds; gives what was there before. */
static inline uint32_t atomic_add(uint32_t *word, uint32_t number)
{
	return __atomic_fetch_add(word, number, __ATOMIC_ACQ_REL);
}

/* Reads the word and leaves it zero, in one step. Acquire: partner of atomic_or in stator_ready_wake. */
static inline uint32_t atomic_take(uint32_t *word)
{
	return __atomic_exchange_n(word, 0, __ATOMIC_ACQ_REL);
}

#endif
