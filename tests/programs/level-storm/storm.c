/*
 * Linux's interrupts: a thread, and the handler of SIGUSR2, which a timer raises. Both allocate a message, fill it in and post it, or try
 * again when there is none: what a device driver does.
 */
#define _GNU_SOURCE
#include "xsAll.h"

#include "interrupt-port.h"
#include "queue.h"

#include <pthread.h>
#include <signal.h>
#include <sys/time.h>

typedef struct {
	uint32_t source, number;
} sample;

static stator_message_pool *pool;
static stator_queue *queue;
static uint32_t refused; /* atomic */
static uint32_t each, handled;
static pthread_t thread;

static bool post(uint32_t source, uint32_t number)
{
	stator_message *message = stator_pool_alloc(pool);
	if (!message) {
		__atomic_fetch_add(&refused, 1, __ATOMIC_RELAXED);
		return false;
	}
	*(sample *)message->data = (sample){ source, number };
	stator_queue_put(queue, message);
	return true;
}

static void *device(void *argument)
{
	sigset_t all;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, NULL);
	uint32_t state = 20261126;
	for (uint32_t number = 0; number < each;) {
		number += post(0, number);
		state = state * 1664525 + 1013904223;
		if (state >> 28 == 0)
			usleep(state >> 22 & 63);
	}
	return argument;
}

static void handler(uint32_t vector)
{
	(void)vector;
	for (int i = 0; i < 3 && handled < each; i++)
		handled += post(1, handled);
}

/* begin(messages) */
void xs_test_begin(txMachine *the)
{
	each = (uint32_t)fxToInteger(the, mxArgv(0)) / 2;
	pool = stator_pool_find("samples");
	queue = stator_queue_find("samples");
	stator_interrupt_acknowledge(SIGUSR2, handler);
	stator_port_vector_attach(SIGUSR2);
	stator_port_vector_await(SIGUSR2, false);
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR2 };
	struct itimerspec period = { { 0, 50000 }, { 0, 50000 } };
	timer_t timer;
	if (timer_create(CLOCK_MONOTONIC, &event, &timer) || timer_settime(timer, 0, &period, NULL) || pthread_create(&thread, NULL, device, NULL))
		mxUnknownError("no timer or no thread");
}

/* end() */
void xs_test_end(txMachine *the)
{
	(void)the;
	pthread_join(thread, NULL);
}

/* refusedCount() */
void xs_test_refused(txMachine *the)
{
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = (txInteger)__atomic_load_n(&refused, __ATOMIC_RELAXED);
}
