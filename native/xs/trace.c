/*
 * The trace (native/abi/trace.h): the ring, marks, and the printed form. Linked only into programs that are traced; memory
 * and choices are the program's own (trace-memory.c).
 *
 * A record costs about a hundred instructions on a board, most of them for the clock.
 */
#include "xsAll.h"

#include "atomic.h"
#include "crc32.h"
#include "executor.h"
#include "format.h"
#include "machine.h"
#include "port.h"
#include "trace-memory.h"
#include "trace.h"

enum { MARKS = 32, MARK_LENGTH = 24, OTHER_MARK = MARKS };

stator_trace_ring stator_the_trace;

static uint32_t high; /* the clock's high word in the last EPOCH */
static char marks[MARKS][MARK_LENGTH];
static uint32_t mark_count;

void stator_trace_begin(void)
{
	stator_trace_ring *ring = &stator_the_trace;
	ring->version = STATOR_TRACE_VERSION;
	ring->capacity = stator_trace_bytes / sizeof(stator_trace_record);
	ring->hz = stator_port_time_hz();
	ring->stops = stator_trace_stops;
	ring->records = (stator_trace_record *)stator_trace_memory;
	ring->magic = STATOR_TRACE_MAGIC;
}

/* An executor is its machine's first member. */
static uint32_t number_of(const void *executor)
{
	return executor ? stator_machine_number(executor) : 0;
}

/* The number of the first of `count` records in a row, or false: full. */
static bool claim(uint32_t count, uint32_t *first)
{
	stator_trace_ring *ring = &stator_the_trace;
	if (ring->stops && atomic_load(&ring->next) + count > ring->capacity) {
		atomic_add(&ring->lost, count);
		return false;
	}
	*first = atomic_add(&ring->next, count);
	return true;
}

static void put(uint32_t at, uint32_t time, uint32_t what)
{
	stator_trace_ring *ring = &stator_the_trace;
	/* Two writers that pass the test for room together may go beyond it: the last record is then written twice. */
	if (ring->stops && at >= ring->capacity)
		at = ring->capacity - 1;
	ring->records[at % ring->capacity] = (stator_trace_record){ time, what };
}

static uint32_t what(const void *executor, uint32_t kind, uint32_t about)
{
	uint32_t number = number_of(executor);
	return number >> STATOR_TRACE_EXECUTOR_BITS << STATOR_TRACE_MORE_SHIFT | kind << STATOR_TRACE_KIND_SHIFT |
		(number & STATOR_TRACE_EXECUTOR_MASK) << STATOR_TRACE_EXECUTOR_SHIFT | (about & STATOR_TRACE_ABOUT_MASK);
}

/* Within a thread, and among levels, who wakes is who runs; else it has to be said. */
static const stator_machine *waker_of(const void *executor)
{
	const stator_machine *woken = executor, *running = stator_current;
	return running && woken && running != woken && (running->thread || woken->thread) ? running : NULL;
}

static void record(const void *executor, uint32_t kind, uint32_t about, uint32_t value)
{
	stator_trace_ring *ring = &stator_the_trace;
	uint32_t at;
	if (ring->off)
		return;
	if (ring->magic != STATOR_TRACE_MAGIC)
		stator_trace_begin();
	uint64_t time = stator_port_time();
	uint32_t epoch = (uint32_t)(time >> 32);
	if (epoch != high) {
		high = epoch;
		if (claim(1, &at))
			put(at, (uint32_t)time, (uint32_t)STATOR_TRACE_EPOCH << STATOR_TRACE_KIND_SHIFT | (epoch & 0xFFFFFF));
	}
	const stator_machine *waker = kind == STATOR_TRACE_WAKE ? waker_of(executor) : NULL;
	if (!claim(kind == STATOR_TRACE_MARK || waker ? 2 : 1, &at))
		return;
	if (waker)
		put(at++, (uint32_t)time, what(waker, STATOR_TRACE_WAKER, 0));
	put(at, (uint32_t)time, what(executor, kind, about));
	if (kind == STATOR_TRACE_MARK)
		put(at + 1, value, (uint32_t)STATOR_TRACE_VALUE << STATOR_TRACE_KIND_SHIFT);
}

void stator_trace(const void *executor, uint32_t kind, uint32_t about)
{
	record(executor, kind, about, 0);
}

/* mark(name, value): names are kept by their first letters, in the order in which they come. */
void xs_stator_mark(txMachine *the)
{
	txString name = fxToString(the, mxArgv(0));
	txInteger value = mxArgc > 1 ? fxToInteger(the, mxArgv(1)) : 0;
	uint32_t number = 0;
	while (number < mark_count && c_strncmp(marks[number], name, MARK_LENGTH - 1))
		number++;
	if (number == mark_count && mark_count < MARKS)
		c_strncpy(marks[mark_count++], name, MARK_LENGTH - 1);
	record(the->context, STATOR_TRACE_MARK, number < MARKS ? number : OTHER_MARK, (uint32_t)value);
}

/* spawned(slot) */
void xs_stator_spawned(txMachine *the)
{
	stator_trace(the->context, STATOR_TRACE_SPAWN, (uint32_t)mxArgv(0)->value.integer);
}

/* dumpTrace(): on demand; recording goes on afterwards. */
void xs_stator_dump_trace(txMachine *the)
{
	stator_trace_dump();
}

// ---- the printed form ----

static uint32_t sum;

static void print_records(uint32_t first, uint32_t count)
{
	enum { A_LINE = 8, DIGITS = 16 };
	static const char digits[] = "0123456789abcdef";
	const stator_trace_ring *ring = &stator_the_trace;
	char line[A_LINE * DIGITS + 1];
	for (uint32_t i = 0; i < count; i += A_LINE) {
		char *at = line;
		for (uint32_t j = i; j < i + A_LINE && j < count; j++) {
			const stator_trace_record *record = &ring->records[(first + j) % ring->capacity];
			uint64_t both = (uint64_t)record->time << 32 | record->what;
			sum = crc32_add(sum, record, sizeof *record);
			for (int shift = 60; shift >= 0; shift -= 4)
				*at++ = digits[both >> shift & 15];
		}
		*at = 0;
		stator_print("stator-trace: r %s", line);
	}
}

/* By hand: the engine's own functions for it may have been left out of the image. */
static const txSlot *property(txMachine *the, const txSlot *object, const char *name)
{
	if (object->kind != XS_REFERENCE_KIND)
		return NULL;
	for (const txSlot *slot = object->value.reference->next; slot; slot = slot->next) {
		if (slot->ID <= 0 || slot->ID >= the->keyCount)
			continue;
		const txSlot *key = slot->ID < the->keyOffset ? the->keyArrayHost[slot->ID] : the->keyArray[slot->ID - the->keyOffset];
		if (key && (key->kind == XS_KEY_KIND || key->kind == XS_KEY_X_KIND) && !c_strcmp(key->value.key.string, name))
			return slot;
	}
	return NULL;
}

/* Which slots belong to which task: from the array of pools (src/executor/pool.ts). */
static void print_tasks(uint32_t number, const stator_executor *executor)
{
	txMachine *the = executor->roots.machine;
	const txSlot *array = executor->roots.pools;
	if (!the || !array || !array->next || array->next->kind != XS_ARRAY_KIND)
		return;
	for (txIndex i = 0; i < array->next->value.array.length; i++) {
		const txSlot *pool = array->next->value.array.address + i;
		const txSlot *name = property(the, pool, "name"), *base = property(the, pool, "base"), *size = property(the, pool, "size");
		if (name && base && size)
			stator_print("stator-trace: task %u %d %d %.60s", (unsigned)number, (int)base->value.integer, (int)size->value.integer, name->value.string);
	}
}

/* The platform's part: what its interrupts are. */
__attribute__((weak)) void stator_trace_print_interrupts(void)
{
}

void stator_trace_dump(void)
{
	stator_trace_ring *ring = &stator_the_trace;
	if (ring->off) /* it failed while it was being printed */
		return;
	ring->off = 1;
	if (ring->magic != STATOR_TRACE_MAGIC)
		stator_trace_begin();
	uint32_t count = ring->next < ring->capacity ? ring->next : ring->capacity;
	uint32_t first = ring->next - count, lost = ring->lost + first;
	if (ring->stops) {
		lost += first;
		first = 0;
	}
	uint64_t time = stator_port_time();
	stator_print("stator-trace: begin %u hz %u records %u lost %u full %s end %08x%08x", (unsigned)ring->version, (unsigned)ring->hz, (unsigned)count,
		(unsigned)lost, ring->stops ? "stop" : "overwrite", (unsigned)(time >> 32), (unsigned)time);
	sum = CRC32_BEGIN;
	print_records(first, count);
	stator_print("stator-trace: sum %08x", (unsigned)~sum);
	for (uint32_t i = 0; i < mark_count; i++)
		stator_print("stator-trace: mark %u %s", (unsigned)i, marks[i]);
	stator_trace_print_interrupts();
	for (uint32_t i = 0; i < stator_machine_count; i++) {
		if (stator_machine_count > 1)
			stator_print("stator-trace: %s %u %s", stator_machines[i].thread ? "thread" : "executor", (unsigned)i, stator_places[i].name);
		print_tasks(i, &stator_machines[i].executor);
	}
	stator_print("stator-trace: end");
	ring->off = 0;
}
