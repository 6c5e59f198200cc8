/* accounting.h: the round's side of native/abi/account.h: reads the counter and charges what has passed to somebody. */
#ifndef STATOR_ACCOUNTING_H
#define STATOR_ACCOUNTING_H

#include "hooks.h"
#include "stator-cycles.h"

/* A poll has ended. HOT */
__attribute__((always_inline)) static inline void charge_poll(stator_executor *executor, uint32_t slot)
{
	if (STATOR_ACCOUNTS)
		stator_account_poll(&executor->accounts, slot, stator_cycles_read());
}

/* What was no poll has ended. */
static inline void charge_other(stator_executor *executor)
{
	if (STATOR_ACCOUNTS)
		stator_account_other(&executor->accounts, stator_cycles_read());
}

/* The sleep has ended: nobody's. */
static inline void charge_nobody(stator_executor *executor)
{
	if (STATOR_ACCOUNTS)
		executor->accounts.stamp = stator_cycles_read();
}

/* The poll that was charged goes on in the same turn. */
static inline void charge_again(stator_executor *executor, uint32_t slot)
{
	if (STATOR_ACCOUNTS)
		executor->accounts.slots[slot].polls--;
}

/* The slot's tenant has ended. */
static inline void charge_end(stator_executor *executor, uint32_t slot)
{
	if (STATOR_ACCOUNTS)
		stator_account_end(&executor->accounts, slot);
}

#endif
