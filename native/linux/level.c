/* Priority levels on Linux (level.h, native/abi/port.h). Vectors are numbers that nothing stands behind but `schedule` and signals. */
#define _GNU_SOURCE
#include "level.h"

#include "hold.h"
#include "interrupt-port.h"
#include "interrupts-deliver.h"
#include "levels.h"
#include "port.h"
#include "tick-time.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

enum { PRIORITIES = 16, MACHINES_MAX = 128, OUTSIDE = 0, LEAST = PRIORITIES + 1 };

typedef struct {
	uint32_t priority; /* 0: not open, else the priority + 1 */
	timer_t timer;     /* runs while an alarm is armed */
} linux_level;

static linux_level levels[MACHINES_MAX]; /* by machine */
static uint32_t open_count;
static pthread_t main_thread;
static bool masked;

uint32_t stator_port_priorities(void)
{
	return PRIORITIES;
}

int stator_port_level_check(int32_t vector, int32_t priority)
{
	if (vector < 0 || vector >= (int32_t)stator_port_vector_count())
		return -ENXIO;
	return priority < -1 || priority >= PRIORITIES ? -ERANGE : 0;
}

/* Of what runs on the main thread now. */
static uint32_t priority_here(void)
{
	uint32_t priority = levels[stator_machine_number(stator_current)].priority;
	return priority == OUTSIDE ? LEAST : priority;
}

/* The most urgent level that has work and preempts what runs here; null: none. */
static stator_machine *next(void)
{
	stator_machine *best = NULL;
	uint32_t before = priority_here();
	for (uint32_t i = 1; i < stator_machine_count; i++)
		if (levels[i].priority && levels[i].priority < before && stator_work(&stator_machines[i].executor)) {
			best = &stator_machines[i];
			before = levels[i].priority;
		}
	return best;
}

void linux_levels_serve(void)
{
	linux_held_up = linux_held || masked;
	if (linux_held_up)
		return;
	if (interrupts_deliver)
		interrupts_deliver();
	for (stator_machine *machine; (machine = next()) != NULL;)
		stator_level_turn(machine);
}

/* On the main thread, wherever that is. Who is more urgent comes in here, too: the signal is not kept away by its own handler. */
static void on_preempt(int number)
{
	int error = errno;
	(void)number;
	for (uint32_t i = 1; i < stator_machine_count; i++) {
		uint32_t ticks;
		if (levels[i].priority && stator_machines[i].executor.armed)
			stator_alarm_check(&stator_machines[i].executor, stator_port_now(), &ticks);
	}
	linux_levels_serve();
	errno = error;
}

/* The signal's number is known at run time only. */
static int begin(void)
{
	struct sigaction action = { .sa_handler = on_preempt, .sa_flags = SA_RESTART | SA_NODEFER };
	main_thread = pthread_self();
	return sigaction(SIGRTMIN, &action, NULL) ? -errno : 0;
}

int stator_port_level_open(stator_executor *executor, int32_t priority)
{
	linux_level *level = &levels[stator_machine_number((stator_machine *)executor)];
	struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGRTMIN, .sigev_notify_thread_id = gettid() };
	int status = open_count ? 0 : begin();
	if (!status && timer_create(CLOCK_MONOTONIC, &event, &level->timer))
		status = -errno;
	if (status) {
		stator_print("stator: level: the system gives no timer (error %d): raise the limit of pending signals (ulimit -i)", -status);
		stator_port_exit(2);
	}
	open_count++;
	level->priority = priority < 0 ? 1 : (uint32_t)priority + 1;
	linux_level_alarm(executor); /* what its module has begun already */
	linux_levels_serve();
	return 0;
}

void stator_port_level_close(stator_executor *executor)
{
	linux_level *level = &levels[stator_machine_number((stator_machine *)executor)];
	if (level->priority == OUTSIDE)
		return;
	level->priority = OUTSIDE;
	timer_delete(level->timer);
	open_count--;
}

bool linux_level_pend(const stator_executor *executor)
{
	if (levels[stator_machine_number((const stator_machine *)executor)].priority == OUTSIDE)
		return false;
	if (pthread_equal(pthread_self(), main_thread))
		linux_levels_serve();
	else
		pthread_kill(main_thread, SIGRTMIN);
	return true;
}

bool linux_levels_interrupt(void)
{
	return open_count && !pthread_kill(main_thread, SIGRTMIN);
}

void linux_level_alarm(const stator_executor *executor)
{
	const linux_level *level = &levels[stator_machine_number((const stator_machine *)executor)];
	uint32_t ticks = UINT32_MAX, now = stator_port_now();
	if (level->priority == OUTSIDE)
		return;
	for (uint32_t i = 0; i < STATOR_ALARMS; i++)
		if (executor->armed & 1u << i) {
			int32_t left = (int32_t)(executor->alarm_at[i] - now);
			ticks = left <= 0 ? 0 : (uint32_t)left < ticks ? (uint32_t)left : ticks;
		}
	if (ticks == UINT32_MAX)
		return; /* as it is: at worst the signal comes for nothing */
	struct itimerspec at = { .it_value = linux_tick_begins(now + ticks) };
	timer_settime(level->timer, TIMER_ABSTIME, &at, NULL);
}

bool stator_port_masked(void)
{
	return masked;
}

void stator_port_interrupts(bool on)
{
	masked = !on;
	if (on && open_count)
		linux_levels_serve();
}
