/*
 * executor-here.h: the one executor of a program that mcconfig builds. The machine's context belongs to the SDK, so the executor does not
 * hang on it. Native functions are called from tasks, and from whatever else runs in the machine: a wake from there posts.
 */
#ifndef STATOR_EXECUTOR_HERE_H
#define STATOR_EXECUTOR_HERE_H

#include "host.h"

#define EXECUTOR (&stator_host.executor)

/* HOT. False: stale id. */
#define stator_here_wake(id) stator_host_wake(id)

#endif
