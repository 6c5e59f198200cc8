/* Prints the numbers that C and TypeScript share, as "name value" lines: those of native/abi and those of errno. */
#include "executor.h"

#include <errno.h>
#include <stdio.h>

#define SHOW(name) printf(#name " %ld\n", (long)(name))

int main(void)
{
	SHOW(STATOR_SLOT_BITS);
	SHOW(STATOR_SLOT_MASK);
	SHOW(STATOR_SLOTS_MAX);
	SHOW(STATOR_GENERATION_MASK);
	SHOW(STATOR_LEVELS);
	SHOW(STATOR_READY);
	SHOW(STATOR_PENDING);
	SHOW(STATOR_YIELD);
	SHOW(STATOR_ALARM_TIMERS);
	SHOW(STATOR_ALARM_LIMIT);
	SHOW(STATOR_ALARMS);
	SHOW(STATOR_DUE_TIMERS);
	SHOW(STATOR_DUE_LIMIT);
	SHOW(STATOR_DUE_JOBS);
	SHOW(STATOR_DUE_STOP);
	SHOW(STATOR_DUE_BITS);
	SHOW(-EAGAIN);
	SHOW(-ENOMEM);
	SHOW(-ESRCH);
	SHOW(-EBUSY);
	SHOW(-EINVAL);
	SHOW(-ETIME);
	SHOW(-ENOBUFS);
	SHOW(-ECANCELED);
	return 0;
}
