/*
 * host.h: the executor inside the event loop of Moddable's runtime. What the loop is, and how one of its turns is asked for, the files of one
 * folder know: device/ for microcontrollers (messages and timers of the SDK), lin/ for the simulator and the command line on Linux (GLib).
 *
 *   any task, interrupt --stator_wake--> ready bit --pend (pending.h)--> message --the SDK's loop--> stator_host_turn --> polls
 *   a task that sleeps  --alarm---------------------------------------> timer ---the SDK's loop--> stator_host_turn --> polls
 */
#ifndef STATOR_HOST_H
#define STATOR_HOST_H

#include "executor.h"
#include "pending.h"

#include <stddef.h>

struct sxMachine;

enum {
	/* How late a wake may come whose message was dropped. The loop's timer fires as often while a task is alive. */
	STATOR_WATCH_MS = 1000,
	/* Polls in one turn: then the loop looks after everybody else, and comes back. */
	STATOR_TURN_POLLS = 256,
};

typedef struct {
	stator_executor executor;
	stator_pending pending;
	struct sxMachine *the;
	bool begun;   /* run() has handed the tasks to the loop */
	bool turning; /* a round is under way: it looks again by itself */
	bool ended;   /* no task is left */
	int status;   /* what the program ended with: 0, or 1 when its root has thrown */
} stator_host_state;

extern stator_host_state stator_host;

/* Polls until nothing is ready, or STATOR_TURN_POLLS; sets the timer. The machine's own task. */
void stator_host_turn(void);

/* Rounds until nothing is ready, or so many polls: the part of a turn that is the engine's (host.c). */
void stator_host_rounds(uint32_t polls);

/* A wake from code that runs in the machine: a task, or a callback of the SDK's. HOT. False: stale id. */
static inline bool stator_host_wake(stator_task_id id)
{
	bool current = stator_ready_wake(&stator_host.executor.ready, id);
	if (current && !stator_host.turning)
		stator_due(&stator_host.executor, 0);
	return current;
}

/* Prints what the program used, as Stator's own platforms do (machine.h). */
void stator_host_summary(void);

/* ---- what the folder of the platform gives ---- */

/* Connects to the loop of the machine that calls. Once, from its task. False: no memory. INIT */
bool stator_host_open(void);

/* Asks the loop for a turn. False: no room for the message, or nobody knows. Any context. */
bool stator_host_post(void);

/* A turn after so many milliseconds, and from then on every STATOR_WATCH_MS; instead of what was set before. The machine's own task. */
void stator_host_alarm(uint32_t milliseconds);

/* No timer any more. The machine's own task. */
void stator_host_quiet(void);

/* Lets the loop wait for whatever comes next, and serves it: for runs that block. The machine's own task. */
void stator_host_serve(void);

/* Milliseconds since some point of the past; wraps. A timer of so many fires when this has gone on by so many. Any context. */
uint32_t stator_host_ticks(void);

/* A clock in steps since some point of the past, and how many make a second. Any context. */
uint64_t stator_host_clock(void);
uint32_t stator_host_clock_hz(void);

/* To the console. The machine's own task. */
void stator_host_write(const char *text, size_t size);

#endif
