/* running.h: the task that is being polled, for the native functions that compiled tasks call in place of a wait's methods. */
#ifndef STATOR_RUNNING_H
#define STATOR_RUNNING_H

#include "xsAll.h"

#include "executor-here.h"

/* Its id: what it would pass as its waker. TypeError outside of a poll. HOT */
static inline stator_task_id running(txMachine *the)
{
	const int32_t slot = EXECUTOR->current;
	if (slot < 0)
		mxTypeError("await: no task is running here");
	return stator_ready_id(&EXECUTOR->ready, (uint32_t)slot);
}

#endif
