/*
 * The executor in the SDK's event loop on a board (native/moddable: turn.c, device/loop.c, pending.h), in a storm: interrupts at random places
 * wake tasks, and others of the program fill the pool of four messages, which then drops ours: with -1, or without a word.
 *
 *   moddable-storm <seed> <storms> <silent>
 *
 * Checked: a wake is polled, at most STATOR_WATCH_MS after it came, whatever was dropped; nothing else is polled; of our messages one is in the
 * pool, or two where the timer has brought a turn meanwhile; alarms are in time; and when no task is left, nothing asks for a turn.
 */
#include "xsHost.h"
#include "modTimer.h"

#include "host.h"
#include "port.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* POLLING_MS: how long the polls of a turn take at most. */
enum { POOL = 4, TASKS = 40, POLLING_MS = 100 };

static uint64_t state;
static uint32_t random_below(uint32_t limit)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)((state >> 16) % limit);
}

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			printf("line %d, at %u ms: %s\n", __LINE__, (unsigned)clock_ms, #condition); \
			exit(1); \
		} \
	} while (0)

/* ---- time, and interrupts ---- */

static uint32_t clock_ms = 4294960000u; /* it wraps on the way */
static uint32_t masked;
static bool storming, silent;
static uint32_t dropped, interrupts;

static bool waits[TASKS];
static uint32_t woken_at[TASKS];
static int32_t owed[TASKS]; /* wakes that no poll stands against */
static stator_executor *const executor = &stator_host.executor;

static void theirs(void *the, void *refcon, uint8_t *message, uint16_t length)
{
	(void)the, (void)refcon, (void)message, (void)length;
}

/* Anywhere that interrupts are not masked. */
static void interruptible(void)
{
	static bool inside;
	if (!storming || masked || inside || random_below(4))
		return;
	inside = true;
	interrupts++;
	for (uint32_t others = random_below(6); others > 0; others--)
		modMessagePostToMachineFromISR(stator_host.the, theirs, NULL);
	for (uint32_t times = random_below(4); times > 0; times--) {
		uint32_t task = random_below(TASKS);
		if (!waits[task]) {
			waits[task] = true;
			woken_at[task] = clock_ms;
		}
		owed[task]++;
		CHECK(stator_wake(executor, stator_ready_id(&executor->ready, task)));
	}
	inside = false;
}

uint32_t stator_port_lock(void)
{
	interruptible();
	return masked++;
}

void stator_port_unlock(uint32_t before)
{
	masked = before;
	interruptible();
}

uint32_t modMilliseconds(void)
{
	interruptible();
	return clock_ms;
}

/* ---- messages ---- */

static struct {
	modMessageDeliver callback;
	bool marked;
} queue[POOL];
static uint32_t queued;

static uint32_t ours(void)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < queued; i++)
		count += queue[i].callback != theirs;
	return count;
}

int modMessagePostToMachineFromISR(struct sxMachine *the, modMessageDeliver callback, void *refcon)
{
	(void)the, (void)refcon;
	if (queued == POOL) {
		dropped += callback != theirs;
		return silent ? 0 : -1;
	}
	queue[queued].callback = callback;
	queue[queued++].marked = false;
	CHECK(ours() <= 2);
	return 0;
}

int modMessageService(struct sxMachine *the, int milliseconds)
{
	for (uint32_t i = 0; i < queued; i++)
		queue[i].marked = true;
	while (queued && queue[0].marked) { /* a message holds its place until it has been delivered */
		modMessageDeliver callback = queue[0].callback;
		if (callback != theirs) { /* whether another of ours comes meanwhile, the queue's length says: it may */
			queue[0].callback = theirs;
		}
		callback(the, NULL, NULL, 0);
		memmove(queue, queue + 1, --queued * sizeof *queue);
		interruptible();
	}
	/* Asleep until the next timer, or an interrupt. */
	for (int gone = 0; gone < milliseconds && !queued; gone++) {
		clock_ms++;
		if (storming && !random_below(50))
			interruptible();
	}
	return 0;
}

/* ---- the timer ---- */

static struct fake_timer {
	modTimerCallback callback;
	uint32_t at, repeat;
	bool scheduled;
} timer;

modTimer modTimerAdd(int first, int repeat, modTimerCallback callback, void *refcon, int size)
{
	(void)refcon, (void)size;
	timer.callback = callback;
	modTimerReschedule(&timer, first, repeat);
	return &timer;
}

void modTimerReschedule(modTimer given, int first, int repeat)
{
	CHECK(given == &timer && first >= 0);
	timer.at = clock_ms + (uint32_t)first;
	timer.repeat = (uint32_t)repeat;
	timer.scheduled = true;
}

void modTimerUnschedule(modTimer given)
{
	given->scheduled = false;
}

void modTimersExecute(void)
{
	if (!timer.scheduled || (int32_t)(timer.at - clock_ms) > 0)
		return;
	timer.at += timer.repeat;
	timer.callback(&timer, NULL, 0);
}

int modTimersNext(void)
{
	int32_t left = (int32_t)(timer.at - clock_ms);
	return !timer.scheduled ? 3600000 : left > 0 ? left : 0;
}

void modLog_transmit(const char *text)
{
	puts(text);
}

/* ---- the tasks: each waits, and is polled when it was woken ---- */

static uint32_t polls, alarm_at, alarms, latest;

void stator_host_rounds(uint32_t left)
{
	for (;;) {
		stator_port_round(executor);
		if (executor->due & STATOR_DUE_TIMERS) {
			executor->due = 0;
			alarms++;
			CHECK(clock_ms - alarm_at <= POLLING_MS);
			alarm_at = clock_ms + 1 + random_below(3000);
			stator_alarm_set(executor, STATOR_ALARM_TIMERS, alarm_at);
		}
		stator_ready_begin(&executor->ready);
		int32_t slot = stator_ready_next(&executor->ready);
		if (slot < 0 || !left--)
			break;
		CHECK(owed[slot] > 0);
		owed[slot] = owed[slot] > 1 && waits[slot]; /* woken again since the round began: it may come in the next one, too */
		uint32_t late = waits[slot] ? clock_ms - woken_at[slot] : 0;
		CHECK(late <= STATOR_WATCH_MS + POLLING_MS);
		latest = late > latest ? late : latest;
		waits[slot] = false;
		polls++;
		interruptible(); /* it may be woken while it is polled */
		clock_ms += !random_below(16); /* a poll that takes its time */
	}
}

stator_host_state stator_host = { .executor = { .current = -1 } };

static void loop(uint32_t milliseconds)
{
	for (uint32_t begin = clock_ms; clock_ms - begin < milliseconds;) {
		modTimersExecute();
		modMessageService(stator_host.the, modTimersNext() > 100 ? 100 : modTimersNext());
	}
}

int main(int count, char **arguments)
{
	if (count != 4)
		return 2;
	state = strtoull(arguments[1], NULL, 10) * 2654435761u + 1;
	silent = atoi(arguments[3]);
	static uint32_t memory[4096];
	stator_ready_init(&executor->ready, TASKS, memory, NULL);
	for (uint32_t task = 0; task < TASKS; task++)
		stator_ready_level(&executor->ready, task, task % STATOR_LEVELS);
	stator_host.the = (struct sxMachine *)memory;
	stator_host.begun = true;
	CHECK(stator_host_open());
	alarm_at = clock_ms + 5;
	stator_alarm_set(executor, STATOR_ALARM_TIMERS, alarm_at);
	for (int storms = atoi(arguments[2]); storms > 0; storms--) {
		storming = true;
		loop(1 + random_below(400));
		storming = false;
		loop(STATOR_WATCH_MS + 2);
		for (uint32_t task = 0; task < TASKS; task++)
			CHECK(!waits[task]);
	}
	CHECK(interrupts > 100 && polls > 100 && dropped > 0 && alarms > 0);
	/* No task is left: the timer goes, and nothing is posted. */
	stator_alarm_clear(executor, STATOR_ALARM_TIMERS);
	loop(5000);
	stator_host.ended = true;
	stator_host_turn();
	CHECK(!timer.scheduled && !queued && !stator_host.pending.posted);
	printf("%u interrupts, %u polls, %u of our messages dropped, %u at the latest\n", (unsigned)interrupts, (unsigned)polls, (unsigned)dropped,
		(unsigned)latest);
	return 0;
}
