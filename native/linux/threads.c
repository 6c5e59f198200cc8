/*
 * Executors on threads (threads.h).
 *
 * A thread's machine is made on the thread itself and runs main's module there up to `run`, while the main thread waits: so start-up is in
 * one order in every run, and what machines open by name is opened by one at a time. Then the thread runs its loop (src/threads/run.ts), until it is
 * asked to end and its last task has ended. Its block stays until the end of the program, for the summary and for debuggers.
 */
#define _GNU_SOURCE
#include "xsAll.h"

#include "threads.h"

#include "dispatch.h"
#include "format.h"
#include "hold.h"
#include "io-hooks.h"
#include "levels.h"
#include "port.h"
#include "rom.h"
#include "settings.h"
#include "sleeper.h"
#include "stator-cycles.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>

enum { THREADS_MAX = 63, SLOTS_MORE = 128 };

enum { ABSENT, STARTING, READY, ENDED };

typedef struct {
	pthread_t thread;
	stator_machine *machine;
	linux_sleeper sleeper;
	stator_pool_info pool;
	int state; /* under the lock */
} executor_thread;

static executor_thread threads[1 + THREADS_MAX];
static __thread executor_thread *own;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static uint32_t first_machine(void)
{
	return stator_machine_count - stator_thread_count;
}

uint32_t stator_threads_here(const stator_machine *machine)
{
	return machine->thread ? stator_machine_number(machine) - first_machine() + 1 : 0;
}

static void set_state(executor_thread *thread, int state)
{
	linux_mutex_lock(&lock);
	thread->state = state;
	pthread_cond_broadcast(&changed);
	linux_mutex_unlock(&lock);
}

static void fail(const stator_place *place, const char *what)
{
	stator_print("stator: %s: %s", place->name, what);
	stator_port_exit(2);
}

static void *run_thread(void *argument)
{
	executor_thread *thread = own = argument;
	stator_machine *machine = thread->machine;
	const stator_place *place = &stator_places[stator_machine_number(machine)];
	stator_current = machine;
	stator_pool_current = machine->pool;
	linux_thread_stack = place->c_stack_bytes;
	txMachine *the = stator_machine_make(machine, place->stack_slots, stator_settings.initial_slots, SLOTS_MORE, stator_settings.initial_chunk_bytes,
		place->spare_keys);
	if (!the)
		fail(place, "no machine: its pool is too small; raise the threads' setting poolBytes");
	mxTry(the) {
		stator_rom_run(stator_machine_number(machine), the);
	}
	mxCatch(the) { /* the end of the thread's loop comes here, too */
		if (thread->state == STARTING) {
			stator_print("stator: %s:", place->name);
			stator_machine_report_exception(the);
			stator_port_exit(1);
		}
	}
	if (thread->state == STARTING)
		fail(place, "the program's module has ended without run(root, { threads }) of stator/threads");
	if (linux_io_close)
		linux_io_close();
	set_state(thread, ENDED);
	dispatch_nudge(0); /* the loop of the main thread looks whether any are left */
	return NULL;
}

void stator_threads_start(uint32_t number)
{
	executor_thread *thread = &threads[number];
	stator_machine *machine = thread->machine = &stator_machines[first_machine() + number - 1];
	const stator_place *place = &stator_places[stator_machine_number(machine)];
	size_t pool = (place->pool_bytes + 15) & ~15u;
	char *memory = mmap(NULL, place->heap_bytes + pool, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (memory == MAP_FAILED || linux_sleeper_open(&thread->sleeper))
		fail(place, "no memory or no file descriptor left to begin it; lower the threads' setting heapBytes, or begin fewer");
	stator_block_init(&machine->block, memory + pool, memory + pool + place->heap_bytes);
	thread->pool = (stator_pool_info){ .memory = memory, .size = pool };
	machine->pool = &thread->pool;
	machine->thread = true;
	linux_sleeper_give(&thread->sleeper, &machine->executor);
	linux_threads_begun = true;
	thread->state = STARTING;
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, place->c_stack_bytes);
	if (pthread_create(&thread->thread, &attributes, run_thread, thread))
		fail(place, "the system begins no more threads; begin fewer, or lower the threads' setting cStackBytes");
	pthread_attr_destroy(&attributes);
	linux_mutex_lock(&lock);
	while (thread->state == STARTING)
		pthread_cond_wait(&changed, &lock);
	linux_mutex_unlock(&lock);
}

void stator_threads_ready(void)
{
	set_state(own, READY);
}

void stator_threads_stop(void)
{
	for (uint32_t i = 1; i <= THREADS_MAX; i++)
		if (threads[i].machine)
			stator_due(&threads[i].machine->executor, STATOR_DUE_STOP);
}

uint32_t stator_threads_left(void)
{
	uint32_t left = 0;
	linux_mutex_lock(&lock);
	for (uint32_t i = 1; i <= THREADS_MAX; i++)
		left += threads[i].state == READY;
	linux_mutex_unlock(&lock);
	for (uint32_t i = 1; i <= THREADS_MAX && !left; i++)
		if (threads[i].state == ENDED) {
			pthread_join(threads[i].thread, NULL);
			threads[i].state = ABSENT;
		}
	return left;
}

double stator_threads_awake(uint32_t number)
{
	const stator_machine *machine = number == 0 ? stator_machines : number <= THREADS_MAX ? threads[number].machine : NULL;
	return machine ? (double)linux_sleeper_awake(linux_sleeper_of(&machine->executor)) : -EINVAL;
}

/* The program ends by an abort: what the other threads have to say is not to stand in the middle of the report, and the first report is it. */
void stator_threads_close(void)
{
	stator_levels_close();
	flockfile(stdout); /* never unlocked; its owner may come again */
}

void stator_threads_print(void)
{
	stator_levels_print();
	for (uint32_t i = 1; i <= stator_thread_count; i++) {
		const stator_machine *machine = threads[i].machine;
		const txMachine *the = machine ? machine->the : NULL;
		if (!the)
			continue;
		uint32_t rest = (uint32_t)stator_block_free(&machine->block);
		stator_print("stator: %s: %u machine (pool: %u of %u, slots: %u of %u, chunks: %u of %u), %u left",
			stator_places[stator_machine_number(machine)].name, (unsigned)((uint32_t)stator_block_size(&machine->block) - rest),
			(unsigned)machine->pool->peak, (unsigned)machine->pool->size, (unsigned)((unsigned)the->currentHeapCount * sizeof(txSlot)),
			(unsigned)((unsigned)the->maximumHeapCount * sizeof(txSlot)), (unsigned)the->currentChunksSize, (unsigned)the->maximumChunksSize,
			(unsigned)rest);
		stator_print("  polls %u, wakes %u, sleeps %u; heap growth since start-up %d slots, %d bytes; collections %u",
			(unsigned)machine->executor.polls, (unsigned)machine->executor.ready.wakes, (unsigned)machine->executor.sleeps,
			(int)(the->currentHeapCount - machine->executor.start_slots), (int)(the->currentChunksSize - machine->executor.start_bytes),
			(unsigned)(machine->executor.collections - machine->executor.start_collections));
	}
}
