/*
 * hold.h: what a thread does that nothing may come in between: C library calls that a lock or a buffer of the library's stands behind, our own
 * mutexes, masked sections. A level (level.h) preempts main from a signal's handler; one that comes meanwhile waits for the release.
 */
#ifndef STATOR_LINUX_HOLD_H
#define STATOR_LINUX_HOLD_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* How many holds this thread is in; and that somebody has come meanwhile. */
extern __thread uint32_t linux_held;
extern __thread bool linux_held_up;

/* Runs the levels that were held up (level.c); null in a program without them. */
__attribute__((weak)) void linux_levels_serve(void);

/* The fences are for the compiler: partner is the handler on this same thread. Nested. O(1). */
static inline void linux_hold(void)
{
	linux_held++;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
}

static inline void linux_release(void)
{
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	linux_held--;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	if (linux_held_up && !linux_held)
		linux_levels_serve();
}

static inline void linux_mutex_lock(pthread_mutex_t *mutex)
{
	linux_hold();
	pthread_mutex_lock(mutex);
}

static inline void linux_mutex_unlock(pthread_mutex_t *mutex)
{
	pthread_mutex_unlock(mutex);
	linux_release();
}

#endif
