/*
 * account.h: who used the processor. One entry for each task slot, in cycles of the platform's counter, with a layout that
 * debuggers and management tools may read: it changes only together with this file and docs/SPEC.md.
 *
 * Model. The counter is read once a poll: the end of one poll is the beginning of the next, so nothing falls between two.
 * What is no task's (the loop, timers, the end of a task, promise jobs) is kept apart in `other`; what the processor
 * sleeps is in neither. The sums are those of the slot's present tenant; an ended tenant's go to `ended`, so
 *
 *   cycles that the executor was awake = other + ended + the sum over the slots
 *
 * An interrupt handler counts for whom it interrupted. One poll of more than 2^32 cycles (2^64 on hosts) is counted short.
 *
 * The executor's own context writes; anybody may read, a poll behind at most (64-bit sums on 32-bit cores: in two loads).
 */
#ifndef STATOR_ACCOUNT_H
#define STATOR_ACCOUNT_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
	uint64_t cycles;  /* of all polls */
	uint32_t longest; /* of one poll; 2^32 - 1: so long or longer */
	uint32_t polls;
} stator_account;

_Static_assert(sizeof(stator_account) == 16 && offsetof(stator_account, longest) == 8 && offsetof(stator_account, polls) == 12,
	"tools read this layout");

typedef struct {
	stator_account *slots;
	uint32_t room;
	uintptr_t stamp; /* the counter when it was last looked at; wraps */
	uint64_t other;
	uint64_t ended;
} stator_accounts;

/* What the executor did since the last look, outside of polls. */
static inline void stator_account_other(stator_accounts *accounts, uintptr_t now)
{
	accounts->other += now - accounts->stamp;
	accounts->stamp = now;
}

/* A poll that began at the last look has ended. HOT: about 20 instructions. */
__attribute__((always_inline)) static inline void stator_account_poll(stator_accounts *accounts, uint32_t slot, uintptr_t now)
{
	uintptr_t gone = now - accounts->stamp;
	stator_account *account = accounts->slots + slot;
	accounts->stamp = now;
	account->cycles += gone;
	account->polls++;
	if (__builtin_expect(gone > account->longest, 0))
		account->longest = gone > UINT32_MAX ? UINT32_MAX : (uint32_t)gone;
}

/* The slot's tenant has ended: the next one begins with nothing. */
static inline void stator_account_end(stator_accounts *accounts, uint32_t slot)
{
	accounts->ended += accounts->slots[slot].cycles;
	accounts->slots[slot] = (stator_account){ 0 };
}

#endif
