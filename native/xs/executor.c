/* The C half of an executor (native/abi/executor.h): alarms and due bits. No engine, no platform. */
#include "executor.h"

#include "atomic.h"
#include "port.h"

bool stator_wake(stator_executor *executor, stator_task_id id)
{
	bool current = stator_ready_wake(&executor->ready, id);
	if (current)
		stator_port_pend(executor);
	return current;
}

void stator_due(stator_executor *executor, uint32_t bits)
{
	atomic_or(&executor->due, bits);
	stator_port_pend(executor);
}

void stator_alarm_set(stator_executor *executor, uint32_t which, uint32_t at)
{
	executor->alarm_at[which] = at;
	executor->armed |= 1u << which;
	stator_port_alarm(executor);
}

void stator_alarm_clear(stator_executor *executor, uint32_t which)
{
	executor->armed &= ~(1u << which);
	atomic_and(&executor->due, ~(1u << which));
	/* The hardware alarm is left as it is: at worst it fires once for nothing. */
}

bool stator_alarm_check(stator_executor *executor, uint32_t now, uint32_t *ticks)
{
	uint32_t due = 0;
	bool armed = false;
	for (uint32_t i = 0; i < STATOR_ALARMS; i++) {
		if (!(executor->armed & 1u << i))
			continue;
		int32_t left = (int32_t)(executor->alarm_at[i] - now);
		if (left <= 0)
			due |= 1u << i;
		else if (!armed || (uint32_t)left < *ticks) {
			armed = true;
			*ticks = (uint32_t)left;
		}
	}
	if (due) {
		executor->armed &= ~due;
		atomic_or(&executor->due, due);
	}
	return armed;
}
