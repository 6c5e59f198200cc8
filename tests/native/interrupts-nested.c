/*
 * The interrupt waker lists of native/xs/interrupts.c with interrupts at every point at which they can come: whenever nothing is
 * masked, which is each time that stator_port_unlock ends the outermost mask, an interrupt of a random source may come, nested as
 * deep as there are sources above the present one; and a wake may run the woken task at once, as an executor of higher priority does.
 *
 * Arguments: seed, steps. Ends with 0 and one line when every interrupt was seen by every task that waits for its source, exactly as
 * often as it came, and nobody sleeps beside an interrupt that it has not seen.
 */
#include "interrupts.h"
#include "port.h"

#include <stdio.h>
#include <stdlib.h>

enum { SOURCES = 6, WAITS = 12, DEEPEST = 4 };

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "line %d: %s\n", __LINE__, #condition); \
			exit(1); \
		} \
	} while (0)

static stator_interrupts lists;
static stator_interrupt_list memory[SOURCES];
static stator_executor thread_executor, level_executor;
static uint32_t masks, nesting, random_state, seen;
static bool injecting;

static struct {
	uint32_t source;
	uint32_t base;  /* the source's count when the task began to count */
	uint32_t total; /* what its looks have yielded */
	bool woken, waiting, busy;
} tasks[WAITS];

static uint32_t below(uint32_t limit)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return random_state % limit;
}

static void *keep(size_t size)
{
	return calloc(1, size);
}

static void interrupts(void)
{
	static bool active[SOURCES];
	while (injecting && nesting < DEEPEST && below(3) == 0) {
		uint32_t source = below(SOURCES);
		if (active[source]) /* the same vector does not interrupt itself */
			return;
		active[source] = true;
		nesting++;
		stator_interrupts_came(&lists, source, 1 + (below(8) == 0));
		nesting--;
		active[source] = false;
	}
}

uint32_t stator_port_lock(void)
{
	return masks++;
}

void stator_port_unlock(uint32_t state)
{
	CHECK(state == masks - 1);
	masks = state;
	if (!masks)
		interrupts();
}

static bool is_level(uint32_t task)
{
	return task % 3 == 0;
}

static void run(uint32_t task);

bool stator_wake(stator_executor *executor, stator_task_id id)
{
	CHECK(!masks);
	CHECK(executor == (is_level((uint32_t)id) ? &level_executor : &thread_executor));
	CHECK(tasks[id].waiting);
	tasks[id].woken = true;
	if (is_level((uint32_t)id) && !tasks[id].busy && below(2)) /* preempts whatever this is */
		run((uint32_t)id);
	return true;
}

/* A turn of a task: looks until nothing is there. Rarely it gives up and begins anew, for another source perhaps. */
static void run(uint32_t task)
{
	tasks[task].busy = true;
	tasks[task].woken = false;
	if (below(20) == 0) {
		tasks[task].waiting = false;
		stator_interrupts_clear(&lists, task);
		bool other = below(2);
		uint32_t source = other ? below(SOURCES) : tasks[task].source;
		bool next = below(2);
		if (next || source != tasks[task].source) {
			injecting = false; /* what is counted from here on must be known exactly */
			tasks[task].source = source;
			tasks[task].base = lists.lists[source].count;
			tasks[task].total = 0;
			stator_interrupts_begin(&lists, task, source, next);
			injecting = true;
		} else
			stator_interrupts_begin(&lists, task, source, false);
	}
	tasks[task].waiting = true;
	while (stator_interrupts_look(&lists, task, is_level(task) ? &level_executor : &thread_executor, (stator_task_id)task) == STATOR_READY) {
		CHECK(lists.entries[task].came > 0);
		tasks[task].total += lists.entries[task].came;
		seen += lists.entries[task].came;
	}
	tasks[task].busy = false;
}

int main(int count, char **arguments)
{
	CHECK(count == 3);
	random_state = (uint32_t)strtoul(arguments[1], NULL, 10) | 1;
	long steps = strtol(arguments[2], NULL, 10);
	stator_interrupts_init(&lists, memory, SOURCES);
	for (uint32_t i = 0; i < SOURCES; i++)
		lists.lists[i].count = 0xFFFFFF00u; /* the counts go over their wrap */
	for (uint32_t i = 0; i < WAITS; i++) {
		CHECK(stator_interrupts_new(&lists, keep) == i);
		tasks[i].source = i % SOURCES;
		tasks[i].base = lists.lists[i % SOURCES].count;
		stator_interrupts_begin(&lists, i, i % SOURCES, true);
		tasks[i].waiting = true; /* its count begins with its first look */
		CHECK(stator_interrupts_look(&lists, i, is_level(i) ? &level_executor : &thread_executor, (stator_task_id)i) == STATOR_PENDING);
	}
	injecting = true;
	while (steps--) {
		uint32_t task = below(WAITS);
		if (tasks[task].woken || below(10) == 0) /* a poll without a wake is allowed */
			run(task);
		interrupts();
		/* Between any two steps: who has not seen everything is awake, who is listed has. */
		for (uint32_t i = 0; i < WAITS; i++) {
			uint32_t came = lists.lists[tasks[i].source].count - tasks[i].base;
			if (lists.entries[i].state == STATOR_ENTRY_LISTED)
				CHECK(came == tasks[i].total && !tasks[i].woken);
			else
				CHECK(tasks[i].woken);
		}
	}
	injecting = false;
	for (uint32_t i = 0; i < WAITS; i++) {
		run(i);
		injecting = false;
		CHECK(tasks[i].total == lists.lists[tasks[i].source].count - tasks[i].base);
		stator_interrupts_delete(&lists, i);
	}
	for (uint32_t i = 0; i < SOURCES; i++)
		CHECK(stator_interrupts_waiters(&lists, i) == 0);
	printf("ok %u\n", (unsigned)seen);
	return 0;
}
