/*
 * atomic.h for cores without exclusive access (Armv6-M: Cortex-M0, M0+): the operations of exclusive/atomic.h with interrupts
 * masked for the two or three instructions that they take. One core, no threads: nothing else can come in between.
 */
#ifndef STATOR_ATOMIC_H
#define STATOR_ATOMIC_H

#include <stdint.h>

static inline uint32_t atomic_mask(void)
{
	uint32_t state;
	__asm__ volatile("mrs %0, primask\n\tcpsid i" : "=r"(state)::"memory");
	return state;
}

static inline void atomic_unmask(uint32_t state)
{
	__asm__ volatile("msr primask, %0" ::"r"(state) : "memory");
}

static inline uint32_t atomic_load(const uint32_t *word)
{
	return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static inline void atomic_or(uint32_t *word, uint32_t bits)
{
	uint32_t state = atomic_mask();
	*word |= bits;
	atomic_unmask(state);
}

static inline void atomic_and(uint32_t *word, uint32_t bits)
{
	uint32_t state = atomic_mask();
	*word &= bits;
	atomic_unmask(state);
}

/* Adds; gives what was there before. */
static inline uint32_t atomic_add(uint32_t *word, uint32_t number)
{
	uint32_t state = atomic_mask();
	uint32_t value = *word;
	*word = value + number;
	atomic_unmask(state);
	return value;
}

/* Reads the word and leaves it zero. */
static inline uint32_t atomic_take(uint32_t *word)
{
	uint32_t state = atomic_mask();
	uint32_t value = *word;
	*word = 0;
	atomic_unmask(state);
	return value;
}

#endif
