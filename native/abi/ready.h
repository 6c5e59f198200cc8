/*
 * ready.h: the set of tasks to be polled, one bit a slot, written by tasks, interrupt handlers and threads and
 * emptied by the executor in rounds.
 *
 * Policies. In which order ready tasks are polled is decided by one of three files, chosen by the build for each executor ("policy"
 * in the manifest); all have the functions below from stator_ready_any on. What follows is the default, "fair". The others
 * look at `ready` anew before each poll: "priority" (ready-priority.c) takes the highest level, within it the slots in turn; "deadline"
 * (ready-deadline.c) the earliest deadline. A round of theirs is one poll, so timers and due bits are looked at after each.
 *
 * Model. `ready` collects wakes at any time. A round begins by moving `ready` into `taken`; the executor then
 * polls what is in `taken`, the highest priority level first and lower slots before higher ones, and looks at
 * `ready` again only when `taken` is empty. What is woken during a round is therefore polled in the next: a task
 * that wakes itself again and again cannot keep another waiting for more than one poll of its own (fairness,
 * feature E5). A round may be interrupted after any poll (a budget, an exception) and is continued later.
 *
 * One summary bit stands for each word of 32 slots, so that an empty set of 100,000 slots costs a few loads.
 * A waker sets the word first and the summary second; the executor clears the summary first and takes the word
 * second. A bit can so be seen early (the summary is found set over an empty word, which is harmless), never late.
 *
 * Generations make wakes safe to keep: a wake for an id whose generation is not the slot's present one does
 * nothing (feature F2).
 */
#ifndef STATOR_READY_H
#define STATOR_READY_H

#include "stator-abi.h"

typedef struct {
	uint32_t *ready;                 /* one bit a slot; atomic */
	uint32_t *summary;               /* one bit a word of `ready`; atomic */
	uint32_t *taken;                 /* the round under way; the executor's own */
	uint32_t *taken_summary;         /* one bit a word of `taken` that may still hold something */
	uint32_t *member[STATOR_LEVELS]; /* which slots are at which priority level; the executor's own */
	uint32_t *generation;            /* one a slot; the executor's own, read by wakers */
	uint32_t slots;                  /* how many slots the arrays hold */
	uint32_t words;                  /* (slots + 31) / 32 */
	uint32_t summary_words;          /* (words + 31) / 32 */
	uint32_t level;                  /* where in `taken` the round stands */
	uint32_t word;
	uint32_t wakes;                  /* wakes that named a living task, for statistics; not exact across threads */
	uint32_t *order;                 /* what the policy keeps for itself */
} stator_ready;

/* Bytes that `stator_ready_init` needs for so many slots. INIT. */
uint32_t stator_ready_size(uint32_t slots);

/* Lays the set out in `memory` (zeroed, word-aligned, of stator_ready_size(slots) bytes). What `old` holds is taken
   over; `old` may be null. INIT. */
void stator_ready_init(stator_ready *set, uint32_t slots, void *memory, const stator_ready *old);

/* Marks the task for the next round. ISR-SAFE, thread-safe, O(1). False: the id is stale or out of range. */
bool stator_ready_wake(stator_ready *set, stator_task_id id);

/* The same for a slot that is the caller's: the executor's own context, no id to look at. HOT */
void stator_ready_again(stator_ready *set, uint32_t slot);

/* True when a task waits to be polled, in this round or the next. ISR-SAFE. */
bool stator_ready_any(const stator_ready *set);

/* The next slot to poll in the round under way, or -1 when it has ended. HOT. */
int32_t stator_ready_next(stator_ready *set);

/* Begins a round: what is ready now is what will be polled. Does nothing while a round is under way. */
void stator_ready_begin(stator_ready *set);

/* The current id of a slot. */
static inline stator_task_id stator_ready_id(const stator_ready *set, uint32_t slot)
{
	return (stator_task_id)((set->generation[slot] << STATOR_SLOT_BITS) | slot);
}

/* Ends a slot's tenancy: its bits are cleared, its generation counts on, old ids are stale. Returns the next id. */
stator_task_id stator_ready_retire(stator_ready *set, uint32_t slot);

/* Puts the slot at a priority level (0 first). In the middle of a round it is still polled once in that round. */
void stator_ready_level(stator_ready *set, uint32_t slot, uint32_t level);

/* The policy's own words for so many slots; laying them out in set->order (zeroed), taken over from `old` unless that is null. INIT. */
uint32_t stator_order_words(uint32_t slots);
void stator_order_init(stator_ready *set, const stator_ready *old);

enum {
	STATOR_DEADLINE_SET,        /* until the tenancy ends: this tick */
	STATOR_DEADLINE_NONE,       /* until the tenancy ends: none */
	STATOR_DEADLINE_AFTER_WAKE, /* for good, unless one is set: so many ticks after each wake; 0: none */
	STATOR_DEADLINE_GET,
};
enum { STATOR_NO_DEADLINES = -1, STATOR_DEADLINE_IS_NONE = 0, STATOR_DEADLINE_IS = 1 };

/* A slot's deadline. STATOR_NO_DEADLINES: the policy knows none. The executor's own context. */
int32_t stator_order_deadline(stator_ready *set, uint32_t slot, uint32_t what, uint32_t *tick);

#endif
