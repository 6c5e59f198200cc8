/*
 * The host's part of a record, as it is written (native/xs/record-platform.h) and as it is given back (native/xs/record-steps.h). The clock
 * rings for nobody here: what is due is found by looking at it, which is a value of the record. So signals alone are noted.
 */
#include "record-port.h"

#include "executor.h"
#include "port.h"
#include "record-memory.h"
#include "record-platform.h"
#include "record-steps.h"
#include "sleeper.h"

static uint32_t noted[RECORD_SOURCES]; /* atomic: how often each came since it was asked last */
static uint32_t any;                   /* atomic: one of them is above zero; set after, cleared before */

void record_note(uint32_t source)
{
	__atomic_fetch_add(&noted[source], 1, __ATOMIC_ACQ_REL);
	__atomic_store_n(&any, 1, __ATOMIC_RELEASE);
}

bool record_in_handler(void)
{
	return linux_in_signal;
}

bool record_came(uint32_t *source, uint32_t *times)
{
	if (!__atomic_load_n(&any, __ATOMIC_ACQUIRE))
		return false;
	__atomic_store_n(&any, 0, __ATOMIC_RELEASE);
	for (uint32_t i = 0; i < RECORD_SOURCES; i++) {
		if (!__atomic_load_n(&noted[i], __ATOMIC_ACQUIRE))
			continue;
		*source = i;
		*times = __atomic_exchange_n(&noted[i], 0, __ATOMIC_ACQ_REL);
		__atomic_store_n(&any, 1, __ATOMIC_RELEASE); /* there may be others behind it */
		return true;
	}
	return false;
}

bool record_rang(void)
{
	return false;
}

void record_alarm(void)
{
}

void record_interrupt(uint32_t source, uint32_t times)
{
	if (source >= RECORD_STOPS)
		linux_stop((int)(source - RECORD_STOPS));
	else {
		interrupts_raise(source, times);
		interrupts_deliver();
	}
}
