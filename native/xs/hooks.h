/*
 * hooks.h: what the round, the ready set and the wheel tell about themselves: to the accounts (native/abi/account.h) and
 * to the trace (native/abi/trace.h); what comes from outside: record-hooks.h. The files that call them are compiled once with the accounts and without the trace,
 * into the library; a program that chose otherwise is linked with objects of its own of the same files (CMakeLists.txt).
 * So what is not built in costs no instruction.
 */
#ifndef STATOR_HOOKS_H
#define STATOR_HOOKS_H

#include "executor.h"
#include "record-hooks.h"
#include "trace.h"

#ifndef STATOR_ACCOUNTS
#define STATOR_ACCOUNTS 1
#endif
#ifndef STATOR_TRACED
#define STATOR_TRACED 0
#endif

/* `executor`: or its ready set, which is its first member. */
static inline void hook_trace(const void *executor, uint32_t kind, uint32_t about)
{
	if (STATOR_RECORDED)
		stator_record_sum(kind, about);
	if (STATOR_TRACED)
		stator_trace(executor, kind, about);
}

#endif
