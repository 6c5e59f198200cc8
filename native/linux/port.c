/*
 * The Linux host as a platform (native/abi/port.h): monotonic clock, console on stdout, sleep in ppoll on an eventfd
 * that wakes from other threads, SIGINT and SIGTERM write to: each executor's thread has its own (sleeper.h); one with files or
 * sockets sleeps in its ring, which watches that (io-hooks.h). Priority levels: level.c. Executors on threads: threads.c.
 */
#define _GNU_SOURCE
#include "port.h"

#include "cycles.h"
#include "heap.h"
#include "hold.h"
#include "interrupts-deliver.h"
#include "io-hooks.h"
#include "level.h"
#include "levels.h"
#include "machine.h"
#include "record-hooks.h"
#include "record-port.h"
#include "settings.h"
#include "shared-memory.h"
#include "sleeper.h"
#include "stator-cycles.h"
#include "tick-time.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static uint64_t start_time; /* nanoseconds; ticks count from here */
static uint32_t tick_offset;
static char *block;
static volatile sig_atomic_t interrupts, ended_by;
static int argument_count;
static char **arguments;

static uint64_t nanoseconds(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

uint32_t stator_port_now(void)
{
	uint32_t now = (uint32_t)((nanoseconds() - start_time) / 1000000u) + tick_offset;
	return (uint32_t)hook_outside(STATOR_RECORD_NOW, (int32_t)now);
}

uint64_t stator_port_time(void)
{
	uint64_t time = nanoseconds() - start_time;
	return STATOR_RECORDED ? stator_record_time(time) : time;
}

uint32_t stator_port_time_hz(void)
{
	return 1000000000u;
}

void stator_port_shift(uint32_t ticks)
{
	tick_offset += ticks;
}

struct timespec linux_tick_begins(uint32_t tick)
{
	uint64_t now = (nanoseconds() - start_time) / 1000000u;
	uint64_t at = start_time + (now + (uint64_t)(int64_t)(int32_t)(tick - tick_offset - (uint32_t)now)) * 1000000u;
	return (struct timespec){ (time_t)(at / 1000000000u), (long)(at % 1000000000u) };
}

/* Who sleeps in a loop of its own has the alarm as that sleep's timeout: nothing to program ahead. */
void stator_port_alarm(stator_executor *executor)
{
	linux_level_alarm(executor);
}

/* What signals have raised, for who waits. In a program that is recorded they come through the record, and so do those that ask it to stop. */
static void deliver(void)
{
	if (STATOR_RECORDED)
		stator_record_deliver();
	if (interrupts_deliver)
		interrupts_deliver();
}

void stator_port_round(stator_executor *executor)
{
	uint32_t ticks;
	deliver();
	if (executor->armed) /* first: what is due is a reason not to sleep */
		stator_alarm_check(executor, stator_port_now(), &ticks);
	if (linux_io_turn)
		linux_io_turn(executor);
}

void stator_port_pend(stator_executor *executor)
{
	linux_sleeper *sleeper = linux_sleeper_of(executor);
	if (linux_level_pend(executor))
		return;
	/* Partner of the store in stator_port_idle: either it sees our word, or we see it sleeping. An addition of nothing, where a fence
	   would do: ThreadSanitizer knows no fences. */
	if (__atomic_fetch_add(&sleeper->sleeping, 0, __ATOMIC_SEQ_CST)) {
		if (linux_io_wake && !linux_in_signal && linux_io_wake(sleeper))
			return;
		uint64_t one = 1;
		ssize_t written = write(sleeper->wakeup, &one, sizeof one);
		(void)written; /* full counter: a wakeup is under way already */
	}
}

/* A sleep ends with the time of the record, too. */
static bool until_record_ends(bool armed, uint64_t *wait)
{
	int64_t rest = STATOR_RECORDED && !STATOR_REPLAYED ? record_rest() : -1;
	if (rest < 0 || (armed && (uint64_t)rest > *wait))
		return armed;
	*wait = (uint64_t)rest;
	return true;
}

void stator_port_idle(stator_executor *executor)
{
	linux_sleeper *sleeper = linux_sleeper_of(executor);
	for (;;) {
		uint32_t ticks = 0;
		bool armed = stator_alarm_check(executor, stator_port_now(), &ticks);
		__atomic_exchange_n(&sleeper->sleeping, 1, __ATOMIC_SEQ_CST);
		deliver(); /* a signal from here on writes to the eventfd */
		if (stator_work(executor))
			break;
		executor->sleeps++;
		/* Up to the start of the tick that is due, not a tick late. */
		uint64_t rest = 1000000u - (nanoseconds() - start_time) % 1000000u;
		uint64_t wait = armed ? (uint64_t)(ticks - 1) * 1000000u + rest : 0;
		armed = until_record_ends(armed, &wait);
		struct timespec timeout = { (time_t)(wait / 1000000000u), (long)(wait % 1000000000u) };
		struct pollfd fd = { sleeper->wakeup, POLLIN, 0 };
		linux_sleeper_sleeps(sleeper);
		bool in_ring = linux_io_sleep && linux_io_sleep(executor, sleeper, armed ? (int64_t)wait : -1);
		if (!in_ring && !STATOR_REPLAYED && ppoll(&fd, 1, armed ? &timeout : NULL, NULL) > 0) {
			uint64_t count;
			ssize_t got = read(sleeper->wakeup, &count, sizeof count);
			(void)got;
		}
		linux_sleeper_wakes(sleeper);
		__atomic_store_n(&sleeper->sleeping, 0, __ATOMIC_RELAXED);
	}
	__atomic_store_n(&sleeper->sleeping, 0, __ATOMIC_RELAXED);
}

void stator_port_write(const char *text, size_t size)
{
	linux_hold();
	fwrite(text, 1, size, stdout);
	linux_release();
}

void stator_port_write_texts(const stator_text *texts, uint32_t count)
{
	linux_hold();
	flockfile(stdout); /* other threads' lines do not come in between */
	for (uint32_t i = 0; i < count; i++)
		stator_port_write(texts[i].text, texts[i].size);
	funlockfile(stdout);
	linux_release();
}

/* The console is the terminal; reading it asynchronously is the business of the ring (stator/io). */
void stator_port_write_raw(const char *bytes, size_t size)
{
	stator_port_write(bytes, size);
}

int stator_port_read(void)
{
	return -1;
}

void stator_port_led(bool on)
{
	(void)on;
}

void stator_port_flush(void)
{
	linux_hold();
	fflush(stdout);
	linux_release();
}

uint32_t stator_port_cycles(void)
{
	return (uint32_t)nanoseconds();
}

uint32_t stator_port_cycles_hz(void)
{
	return 1000000000u;
}

extern char __data_start, _end, __executable_start, etext;

uint32_t stator_port_ram_bytes(void)
{
	return (uint32_t)(&_end - &__data_start);
}

uint32_t stator_port_flash_bytes(void)
{
	return (uint32_t)(&etext - &__executable_start);
}

char *stator_port_stack_limit(void)
{
	struct rlimit limit;
	size_t size = linux_thread_stack;
	if (size)
		return (char *)__builtin_frame_address(0) - size + (128 << 10);
	size = 8u << 20;
	if (!getrlimit(RLIMIT_STACK, &limit) && limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < size)
		size = limit.rlim_cur;
	return (char *)__builtin_frame_address(0) - size + (128 << 10);
}

void stator_port_stack(uint32_t *used, uint32_t *size)
{
	*used = *size = 0; /* the kernel's business: megabytes, and a guard page */
}

/* Linked into traced programs only. */
__attribute__((weak)) void stator_trace_dump(void);

void stator_port_exit(int status)
{
	if (STATOR_RECORDED)
		stator_record_end(status);
	if (STATOR_REPLAYED)
		replay_ends("the program has ended as it was recorded", status);
	if (STATOR_RECORDED)
		record_file_close();
	if (stator_trace_dump)
		stator_trace_dump();
	if (linux_io_close && !linux_thread_stack) /* of a thread that aborts, and of those that run still, the kernel closes it */
		linux_io_close();
	fflush(stdout);
	if (linux_threads_begun) /* they run still: what exit would take apart is in use */
		_exit(status);
	exit(status);
}

void stator_port_restart(void)
{
	if (STATOR_RECORDED) /* a record is of one start */
		stator_record_end(0);
	if (STATOR_REPLAYED)
		replay_ends("the program begins anew", 0);
	if (STATOR_RECORDED) {
		record_file_close();
		setenv("STATOR_RECORD", "", 1);
	}
	if (linux_io_close && !linux_thread_stack)
		linux_io_close();
	fflush(stdout);
	close_range(3, ~0U, 0); /* sockets and the ring: the new program opens its own */
	execv("/proc/self/exe", arguments);
	fprintf(stderr, "stator: cannot start again: %s\n", strerror(errno));
	_exit(2);
}

char *stator_block_begin(void)
{
	return block;
}

char *stator_block_end(void)
{
	return block + stator_settings.heap_bytes;
}

void linux_stop(int signal)
{
	ended_by = signal;
	stator_due(&stator_main_executor, STATOR_DUE_STOP);
}

/* First: run() ends in order. Second: the process ends, as people expect of a hung program. */
static void on_interrupt(int signal)
{
	if (interrupts++)
		_exit(128 + signal);
	linux_in_signal = true;
	if (STATOR_RECORDED) {
		record_note(RECORD_STOPS + (uint32_t)signal);
		stator_port_pend(&stator_main_executor);
	} else
		linux_stop(signal);
	linux_in_signal = false;
}

const char *linux_argument(uint32_t index)
{
	const char *text = !STATOR_REPLAYED && index + 1 < (uint32_t)argument_count ? arguments[index + 1] : NULL;
	if (!STATOR_RECORDED)
		return text;
	uint32_t size = (uint32_t)stator_outside(STATOR_RECORD_KERNEL, text ? (int64_t)strlen(text) + 1 : 0);
	char *own = size ? malloc(size) : NULL;
	if (!own)
		return NULL;
	if (text)
		memcpy(own, text, size);
	stator_outside_bytes(own, size);
	return own;
}

static void catch_stops(void)
{
	struct sigaction action = { .sa_handler = on_interrupt };
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

int main(int argc, char **argv)
{
	argument_count = argc;
	arguments = argv;
	if (STATOR_REPLAYED)
		replay_begin(argc, argv);
	else if (STATOR_RECORDED && !record_file_open())
		return 2;
	setvbuf(stdout, NULL, _IOLBF, 0);
	start_time = nanoseconds();
	cycles_init();
	int opened = linux_sleeper_open(linux_sleeper_of(&stator_main_executor));
	block = mmap(NULL, (size_t)stator_settings.heap_bytes + SHARED_MEMORY_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (opened || block == MAP_FAILED) {
		fprintf(stderr, "stator: cannot start: %s (heapBytes is %u)\n", strerror(errno), (unsigned)stator_settings.heap_bytes);
		return 2;
	}
	shared_memory_init(stator_block_end(), stator_block_end() + SHARED_MEMORY_BYTES);
	if (!STATOR_REPLAYED) /* signals come out of the record */
		catch_stops();
	int status = stator_machine_run();
	stator_machine_summary();
	stator_port_exit(ended_by ? 128 + ended_by : status);
}
