/*
 * executor-here.h: the executor of the machine that a native function was called in, and a wake by who runs in that machine. For machines
 * of ours: their context is the executor, and its loop looks again by itself. Where the engine is somebody else's: native/moddable.
 */
#ifndef STATOR_EXECUTOR_HERE_H
#define STATOR_EXECUTOR_HERE_H

#include "executor.h"

#define EXECUTOR ((stator_executor *)the->context)

/* HOT. False: stale id. */
#define stator_here_wake(id) stator_ready_wake(&EXECUTOR->ready, (id))

#endif
