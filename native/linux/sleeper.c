/* Where executors sleep (sleeper.h). */
#define _GNU_SOURCE
#include "sleeper.h"

#include "machine.h"
#include "stator-cycles.h"

#include <errno.h>
#include <sys/eventfd.h>

enum { MACHINES_MAX = 128 };

__thread size_t linux_thread_stack;
__thread bool linux_in_signal;
bool linux_threads_begun;

static linux_sleeper main_sleeper = { .wakeup = -1, .ring = -1 };
static linux_sleeper *sleepers[MACHINES_MAX]; /* by machine; null: the main thread's */

int linux_sleeper_open(linux_sleeper *sleeper)
{
	sleeper->wakeup = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	sleeper->ring = -1;
	sleeper->awake = stator_cycles_read();
	return sleeper->wakeup < 0 ? -errno : 0;
}

void linux_sleeper_give(linux_sleeper *sleeper, const stator_executor *executor)
{
	__atomic_store_n(&sleepers[stator_machine_number((const stator_machine *)executor)], sleeper, __ATOMIC_RELEASE);
}

linux_sleeper *linux_sleeper_of(const stator_executor *executor)
{
	linux_sleeper *own = __atomic_load_n(&sleepers[stator_machine_number((const stator_machine *)executor)], __ATOMIC_ACQUIRE);
	return own ? own : &main_sleeper;
}

static const uint64_t ASLEEP = (uint64_t)1 << 63;

void linux_sleeper_sleeps(linux_sleeper *sleeper)
{
	__atomic_store_n(&sleeper->awake, ASLEEP | ((stator_cycles_read() - sleeper->awake) & ~ASLEEP), __ATOMIC_RELEASE);
}

void linux_sleeper_wakes(linux_sleeper *sleeper)
{
	__atomic_store_n(&sleeper->awake, stator_cycles_read() - (sleeper->awake & ~ASLEEP), __ATOMIC_RELEASE);
}

uint64_t linux_sleeper_awake(const linux_sleeper *sleeper)
{
	/* A sleep that begins or ends between the load and the reading of the counter: then once more. */
	for (;;) {
		uint64_t awake = __atomic_load_n(&sleeper->awake, __ATOMIC_ACQUIRE);
		uint64_t now = stator_cycles_read();
		if (awake == __atomic_load_n(&sleeper->awake, __ATOMIC_ACQUIRE))
			return awake & ASLEEP ? awake & ~ASLEEP : now - awake;
	}
}
