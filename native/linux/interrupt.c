/*
 * Interrupts on the host (native/abi/interrupt-port.h), after the model of a board's controller: 64 vectors, each enabled by its
 * first wait, latched once while it is disabled or masked, raised by software. Numbers 1 to 31 are also the signals of those
 * numbers (SIGUSR1 is vector 10), attached when they are first waited for.
 *
 * A signal's handler only counts in a word and lets the executor look; lists are walked by the executor's thread, before a round and
 * before it sleeps, or, in a program with levels, at once (level.c). Masking is a lock that all executors share, held by the outermost stator_port_lock: it keeps delivery away and
 * lists whole, not other threads from running.
 */
#define _GNU_SOURCE
#include "heap.h"
#include "hold.h"
#include "interrupt-port.h"
#include "interrupts-deliver.h"
#include "level.h"
#include "machine.h"
#include "port.h"
#include "record-hooks.h"
#include "record-port.h"
#include "sleeper.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>

enum { VECTORS = LINUX_VECTORS, SIGNALS = LINUX_SIGNALS, PIN_LINES = 1, SOURCES = VECTORS + STATOR_LINE_PINS + STATOR_EDGES * PIN_LINES };

stator_interrupts stator_interrupt_lists;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static __thread uint32_t depth;
static bool delivering; /* atomic: one at a time, so that no handler comes in between itself */

/* All atomic. */
static uint32_t raised[SIGNALS];  /* signals that came and are not delivered */
static uint64_t signalled;        /* which of them may be above zero: set after, cleared before */
static uint64_t pended;           /* raised by software */
static uint64_t enabled, held;
static stator_acknowledge acknowledges[VECTORS];

static uint64_t bit_of(uint32_t vector)
{
	return (uint64_t)1 << vector;
}

uint32_t stator_port_lock(void)
{
	linux_hold();
	if (!depth)
		pthread_mutex_lock(&lock);
	return depth++;
}

void stator_port_unlock(uint32_t state)
{
	depth = state;
	if (!state)
		pthread_mutex_unlock(&lock);
	linux_release();
	if (!state)
		interrupts_deliver();
}

static uint64_t deliverable(void)
{
	uint64_t bits = __atomic_load_n(&signalled, __ATOMIC_ACQUIRE) | __atomic_load_n(&pended, __ATOMIC_ACQUIRE);
	return bits & __atomic_load_n(&enabled, __ATOMIC_ACQUIRE);
}

static void deliver(uint32_t vector)
{
	__atomic_fetch_and(&signalled, ~bit_of(vector), __ATOMIC_ACQ_REL);
	uint32_t times = vector < SIGNALS ? __atomic_exchange_n(&raised[vector], 0, __ATOMIC_ACQ_REL) : 0;
	if (__atomic_fetch_and(&pended, ~bit_of(vector), __ATOMIC_ACQ_REL) & bit_of(vector))
		times++;
	if (!times)
		return; /* the signal came between the two, and was seen before */
	if (acknowledges[vector])
		acknowledges[vector](vector);
	if (held & bit_of(vector))
		__atomic_fetch_and(&enabled, ~bit_of(vector), __ATOMIC_ACQ_REL);
	stator_interrupts_came(&stator_interrupt_lists, vector, times);
}

void interrupts_deliver(void)
{
	while (!linux_held && deliverable()) {
		linux_hold(); /* all of them first: levels run behind */
		if (__atomic_exchange_n(&delivering, true, __ATOMIC_ACQ_REL)) { /* who does looks once more when it has ended */
			linux_release();
			return;
		}
		for (uint64_t bits; (bits = deliverable()) != 0;)
			deliver((uint32_t)__builtin_ctzll(bits));
		__atomic_store_n(&delivering, false, __ATOMIC_SEQ_CST);
		linux_release();
	}
}

void interrupts_raise(uint32_t vector, uint32_t times)
{
	__atomic_fetch_add(&raised[vector], times, __ATOMIC_ACQ_REL);
	__atomic_fetch_or(&signalled, bit_of(vector), __ATOMIC_ACQ_REL);
}

/* Async-signal-safe: words and a write to the eventfd. */
static void on_signal(int number)
{
	int error = errno;
	if (STATOR_RECORDED)
		record_note((uint32_t)number);
	else
		interrupts_raise((uint32_t)number, 1);
	linux_in_signal = true;
	if (!linux_levels_interrupt())
		stator_port_pend(&stator_main_executor);
	linux_in_signal = false;
	errno = error;
}

int stator_interrupts_make(void)
{
	stator_interrupt_list *lists = stator_interrupt_lists.lists ? stator_interrupt_lists.lists : stator_heap_keep_shared(SOURCES * sizeof *lists);
	if (!lists)
		return -ENOMEM;
	if (!stator_interrupt_lists.lists)
		stator_interrupts_init(&stator_interrupt_lists, lists, SOURCES);
	return 0;
}

uint32_t stator_port_vector_count(void)
{
	return VECTORS;
}

const char *stator_port_vector_name(uint32_t vector)
{
	if (STATOR_REPLAYED && vector >= RECORD_STOPS && vector < RECORD_SOURCES) /* what it says of its record */
		return vector == RECORD_STOPS + SIGINT ? "SIGINT: asked to stop" : "SIGTERM: asked to stop";
	static const char *const names[SIGNALS] = {
		[SIGHUP] = "SIGHUP", [SIGINT] = "SIGINT", [SIGQUIT] = "SIGQUIT", [SIGILL] = "SIGILL", [SIGTRAP] = "SIGTRAP",
		[SIGABRT] = "SIGABRT", [SIGBUS] = "SIGBUS", [SIGFPE] = "SIGFPE", [SIGKILL] = "SIGKILL", [SIGUSR1] = "SIGUSR1",
		[SIGSEGV] = "SIGSEGV", [SIGUSR2] = "SIGUSR2", [SIGPIPE] = "SIGPIPE", [SIGALRM] = "SIGALRM", [SIGTERM] = "SIGTERM",
		[SIGSTKFLT] = "SIGSTKFLT", [SIGCHLD] = "SIGCHLD", [SIGCONT] = "SIGCONT", [SIGSTOP] = "SIGSTOP", [SIGTSTP] = "SIGTSTP",
		[SIGTTIN] = "SIGTTIN", [SIGTTOU] = "SIGTTOU", [SIGURG] = "SIGURG", [SIGXCPU] = "SIGXCPU", [SIGXFSZ] = "SIGXFSZ",
		[SIGVTALRM] = "SIGVTALRM", [SIGPROF] = "SIGPROF", [SIGWINCH] = "SIGWINCH", [SIGIO] = "SIGIO", [SIGPWR] = "SIGPWR",
		[SIGSYS] = "SIGSYS",
	};
	return vector < SIGNALS ? names[vector] : NULL;
}

int stator_port_vector_attach(uint32_t vector)
{
	/* Faults, what no process can catch, and the one that ends the program in order (port.c). */
	static const int others[] = { SIGINT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGKILL, SIGSEGV, SIGSTOP };
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if ((uint32_t)others[i] == vector)
			return -EPERM;
	if (stator_interrupts_make())
		return -ENOMEM;
	if (vector == 0 || vector >= SIGNALS)
		return 0;
	if (STATOR_REPLAYED)
		return 0;
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
	sigaddset(&action.sa_mask, SIGRTMIN); /* levels take their turn when the handler has ended */
	return sigaction((int)vector, &action, NULL) ? -EPERM : 0;
}

void stator_port_vector_await(uint32_t vector, bool hold)
{
	if (hold)
		__atomic_fetch_or(&held, bit_of(vector), __ATOMIC_ACQ_REL);
	__atomic_fetch_or(&enabled, bit_of(vector), __ATOMIC_ACQ_REL);
	interrupts_deliver();
}

int stator_port_vector_pend(uint32_t vector)
{
	if (vector >= VECTORS)
		return -ENXIO;
	__atomic_fetch_or(&pended, bit_of(vector), __ATOMIC_ACQ_REL);
	if (linux_held)
		linux_held_up = linux_levels_serve != NULL; /* delivered at the release; without levels before the next round, or by the unlock */
	interrupts_deliver();
	return 0;
}

/* The host has no priorities: every number that a board could have is taken, and nothing follows from it. */
uint32_t stator_port_vector_priority(uint32_t vector, uint32_t priority)
{
	(void)vector;
	(void)priority;
	return 256;
}

/* One pin, the button, that nobody presses. */
int32_t stator_port_pin(const char *name)
{
	return strcmp(name, "button") ? -1 : 0;
}

int32_t stator_port_pin_watch(uint32_t pin, uint32_t edge)
{
	return pin < PIN_LINES ? (int32_t)(STATOR_LINE_PINS + edge) : -EINVAL;
}

int stator_interrupt_acknowledge(uint32_t vector, stator_acknowledge acknowledge)
{
	if (vector >= VECTORS)
		return -EINVAL;
	acknowledges[vector] = acknowledge;
	return 0;
}
