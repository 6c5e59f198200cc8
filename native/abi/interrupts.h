/*
 * interrupts.h: who waits for an interrupt. One list for each source, their number fixed at build time, and numbered
 * entries that belong to the waiting frames (feature A8).
 *
 *               begin             look: nothing came              came (the handler)
 *   FREE <-> IDLE -----> BEGUN -----------------------> LISTED ----------------------> IDLE, its task woken
 *      new,              |                                 |                            |  look: what came
 *      delete            +-- look: something came -> IDLE  |                            +--> yields it
 *                            already, its task woken       +-- clear (dropped, cancelled, ended), begin --> out
 *
 * Model. A source is a vector of the interrupt controller, or a line: what shares a vector with others or hides behind a handler of
 * the chip's (a pin, the console). Each has a count of its interrupts, and a doubly linked list of the entries that wait. An entry
 * remembers the count at its last look; a look that finds the count unchanged enlists, one that does not yields the
 * difference. (Found by the first look after begin, it lets the others have a turn first: a storm does not keep its task polling for
 * ever.) So nothing is lost between two looks, whatever comes when, and a storm is counted exactly. Waking takes an
 * entry out: it is listed exactly while its task waits and has not been woken.
 *
 * Several executors share the lists: an entry carries its own. Their tasks and handlers of other priorities may come
 * between any two instructions, so each edit of a list is masked (stator_port_lock), and nothing longer than one edit: a
 * handler takes out one entry at a time, and stops at the first that enlisted after this interrupt was counted.
 *
 * Entries are numbered as timers are (wheel.h): native code cannot hold a place inside a JavaScript object. A frame makes its
 * own at start-up and keeps it for good. hal/sim/interrupts.ts is the same in TypeScript; tests compare the two.
 */
#ifndef STATOR_INTERRUPTS_H
#define STATOR_INTERRUPTS_H

#include "executor.h"

#include <stddef.h>

enum { STATOR_NO_ENTRY = 0xFFFF, STATOR_NO_SOURCE = 0xFFFF };

enum {
	STATOR_ENTRY_IDLE, /* nothing; also: woken */
	STATOR_ENTRY_BEGUN, /* not looked yet */
	STATOR_ENTRY_LISTED,
	STATOR_ENTRY_FREE, /* given back */
};

typedef struct {
	stator_executor *executor;
	stator_task_id waker;    /* whose wait it is; -1: nobody has looked since the source was chosen */
	uint32_t seen;           /* the source's count at the last look of that task … */
	uint32_t begun;          /* … and at the last begin: where another task's count starts */
	uint32_t came;           /* what the last look found */
	uint16_t source;
	uint16_t next, previous; /* while listed; next also while free */
	uint8_t state;
	uint8_t hold;            /* the platform's: disable the source at its next interrupt */
} stator_interrupt_entry;

typedef struct {
	uint32_t count;
	uint16_t first, last;
} stator_interrupt_list;

typedef struct {
	stator_interrupt_list *lists;
	stator_interrupt_entry *entries;
	uint32_t sources;
	uint16_t count, room;
	uint16_t free; /* first entry given back, linked by next */
} stator_interrupts;

/* Empty lists in `memory`, room for `sources` of them. INIT. */
void stator_interrupts_init(stator_interrupts *set, stator_interrupt_list *memory, uint32_t sources);

/* An entry's number. Makes room by doubling through `keep` (zeroed memory for good) when there is none;
   STATOR_NO_ENTRY when that fails. INIT. */
uint32_t stator_interrupts_new(stator_interrupts *set, void *(*keep)(size_t size));

/* Gives an entry back; any number of times. */
void stator_interrupts_delete(stator_interrupts *set, uint32_t entry);

/* Begins a wait for a source. `next`: only for what comes from now on; else the same task's next look counts on from its
   last one. O(1). HOT */
void stator_interrupts_begin(stator_interrupts *set, uint32_t entry, uint32_t source, bool next);

/* READY when interrupts came since the last look (entry->came says how many), else PENDING, and the task will be woken. PENDING
   also when they came before the first look of the wait: then it is woken now, and its next look yields them. O(1). Its executor's own context. HOT */
int stator_interrupts_look(stator_interrupts *set, uint32_t entry, stator_executor *executor, stator_task_id waker);

/* Gives up the wait; any number of times. O(1). */
void stator_interrupts_clear(stator_interrupts *set, uint32_t entry);

/* The source's interrupt came, so many times: counts, wakes each listed task once. O(list). ISR. */
void stator_interrupts_came(stator_interrupts *set, uint32_t source, uint32_t times);

/* How many entries are listed: for tests. */
uint32_t stator_interrupts_waiters(const stator_interrupts *set, uint32_t source);

#endif
