/*
 * A board's part of the record (native/xs/record-platform.h), linked only into programs that are recorded. Handlers note that they came;
 * thread mode takes that at its next delivery, so what an interrupt does falls on a step that has a number. A poll that is under way ends
 * first, as it would without a record: whom an interrupt wakes is polled in the next round in any case.
 */
#include "record-port.h"

#include "clock.h"
#include "core.h"
#include "port.h"
#include "record-memory.h"
#include "record-platform.h"
#include "record-steps.h"
#include "time-driver.h"

enum { MOST_SOURCES = 384, WORDS = MOST_SOURCES / 32, MOST_TIMES = 0xFFFF };

static volatile uint32_t noted[WORDS]; /* one bit a source */
static volatile uint16_t count[MOST_SOURCES];
static volatile bool rang;

void record_note(uint32_t source)
{
	uint32_t state = core_mask();
	if (source < MOST_SOURCES && count[source] < MOST_TIMES) {
		count[source]++;
		noted[source / 32] |= 1u << source % 32;
	}
	core_unmask(state);
}

/* Quiet until the next is set; some timers keep their line up while their alarm stands. */
void record_note_alarm(void)
{
	uint32_t state = core_mask();
	time_driver_alarm(TIME_DRIVER_NEVER);
	rang = true;
	core_unmask(state);
}

bool record_in_handler(void)
{
	uint32_t exception;
	__asm__ volatile("mrs %0, ipsr" : "=r"(exception));
	return exception != 0;
}

bool record_came(uint32_t *source, uint32_t *times)
{
	for (uint32_t i = 0; i < WORDS; i++) {
		if (!noted[i])
			continue;
		uint32_t state = core_mask(), bit = (uint32_t)__builtin_ctz(noted[i]);
		*source = 32 * i + bit;
		*times = count[*source];
		count[*source] = 0;
		noted[i] &= ~(1u << bit);
		core_unmask(state);
		return true;
	}
	return false;
}

/* Masked. */
static bool is_due(void)
{
	uint32_t now = clock_ticks();
	for (const stator_executor *executor = clock_executors; executor; executor = executor->clock_next)
		for (uint32_t i = 0; i < STATOR_ALARMS; i++)
			if (executor->armed & 1u << i && (int32_t)(executor->alarm_at[i] - now) <= 0)
				return true;
	return false;
}

/* A counter's period that has ended is the driver's affair, and none of the program's. */
bool record_rang(void)
{
	if (!rang)
		return false;
	rang = false;
	uint32_t state = core_mask();
	bool due = is_due();
	if (!due)
		clock_reprogram();
	core_unmask(state);
	return due;
}

void record_alarm(void)
{
	uint32_t state = core_mask();
	clock_program();
	core_unmask(state);
}

static bool any(void)
{
	for (uint32_t i = 0; i < WORDS; i++)
		if (noted[i])
			return true;
	return rang;
}

/* Masked, as the sleep of clock.c: what comes behind the look ends WFI. */
static void wait_for_interrupt(void)
{
	uint32_t state = core_mask();
	if (!any() && !record_over())
		core_wait_for_interrupt();
	core_unmask(state);
}

void record_sleep(void)
{
	wait_for_interrupt();
	record_take();
}

bool record_over(void)
{
	if (!stator_record_limit)
		return false;
	uint32_t state = core_mask();
	bool over = clock_ticks() >= stator_record_limit;
	core_unmask(state);
	return over;
}
