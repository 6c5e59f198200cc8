/*
 * trace.h: what the executor did and when, as records of eight bytes in a static ring. Built into a program that asks for
 * it (the setting `trace`, `--trace`), absent from all others.
 *
 * Model. A record is the low word of the platform's clock (stator_port_time) and what happened: its kind, the number of
 * the executor, and whom it is about. Time is absolute and not the distance to the record before: so writers share nothing
 * but the number of the next record, which they take by one atomic addition, and any priority may write at any time. A
 * handler that comes between a writer's look at the clock and its addition leaves two records in the wrong order; readers
 * sort. When the clock's high word changes, a record of kind EPOCH says so.
 *
 * Full: the oldest record is overwritten, or, as the program chose, nothing more is written. What was lost is counted.
 *
 * Tools read the ring in memory or as it is printed at the end (docs/SPEC.md); the layouts change only with STATOR_TRACE_VERSION.
 */
#ifndef STATOR_TRACE_H
#define STATOR_TRACE_H

#include <stddef.h>
#include <stdint.h>

enum { STATOR_TRACE_MAGIC = 0x63725453, STATOR_TRACE_VERSION = 1 }; /* "STrc" */

/* Kinds, and what a record is about. */
enum {
	STATOR_TRACE_POLL_BEGIN = 1, /* task slot */
	STATOR_TRACE_POLL_END,       /* task slot */
	STATOR_TRACE_WAKE,           /* task slot; who woke is who was running */
	STATOR_TRACE_SPAWN,          /* task slot */
	STATOR_TRACE_EXIT,           /* task slot */
	STATOR_TRACE_IDLE_ENTER,     /* - */
	STATOR_TRACE_IDLE_LEAVE,     /* - */
	STATOR_TRACE_INTERRUPT_ENTER, /* exception number of the core: 15 SysTick, 16 the chip's first vector */
	STATOR_TRACE_INTERRUPT_LEAVE, /* the same */
	STATOR_TRACE_TIMER,          /* timer number; its wake follows */
	STATOR_TRACE_MARK,           /* number of the name; a VALUE follows */
	STATOR_TRACE_VALUE,          /* -; the time is the mark's value */
	STATOR_TRACE_EPOCH,          /* the clock's high word */
	STATOR_TRACE_WAKER,          /* -; the executor is who makes the WAKE that follows, which is another's: one of the two is on a thread */
};

enum {
	STATOR_TRACE_KIND_SHIFT = 24,
	STATOR_TRACE_EXECUTOR_SHIFT = 20,
	STATOR_TRACE_EXECUTOR_MASK = 15,
	STATOR_TRACE_EXECUTOR_BITS = 4, /* there; three more at the top */
	STATOR_TRACE_MORE_SHIFT = 29,
	STATOR_TRACE_ABOUT_MASK = (1 << 20) - 1,
};

typedef struct {
	uint32_t time;
	uint32_t what; /* kind << 24 | executor << 20 | about; the executor's bits above the fourth: from 29 on */
} stator_trace_record;

typedef struct {
	uint32_t magic, version;
	uint32_t capacity; /* records */
	uint32_t next;     /* records written since start (overwriting) or up to the capacity (stopping); atomic */
	uint32_t lost;     /* not written, when stopping; atomic */
	uint32_t hz;       /* of the clock */
	uint32_t stops;    /* 1: stops when full, 0: overwrites */
	uint32_t off;      /* 1: nothing is recorded */
	stator_trace_record *records;
} stator_trace_ring;

_Static_assert(sizeof(stator_trace_record) == 8, "tools read this layout");
_Static_assert(offsetof(stator_trace_ring, records) == 32, "tools read this layout");

extern stator_trace_ring stator_the_trace;

/* Sets up the ring; called by itself at the first record. */
void stator_trace_begin(void);

/* Writes a record. Any context, any priority, any thread. `executor` names one by its address; null: the first. */
void stator_trace(const void *executor, uint32_t kind, uint32_t about);

/* Prints the ring and what its numbers mean on the console. Recording is off meanwhile. The executor's own context, or the end. */
void stator_trace_dump(void);

#endif
