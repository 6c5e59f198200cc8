/*
 * The record (native/abi/record.h) as it is written: linked only into programs that are recorded. Thread mode writes it and nobody else,
 * so nothing is masked. A value costs some thirty instructions, an entry two hundred.
 */
#include "crc32.h"
#include "format.h"
#include "hooks.h"
#include "interrupt-port.h"
#include "port.h"
#include "record-memory.h"
#include "record-platform.h"
#include "record-steps.h"
#include "record.h"
#include "trace.h"

#include <string.h>

enum { MARK_BYTES = 16 }; /* kept for the last entry, whichever it is */

stator_record_head stator_the_record;

static uint32_t at_step;  /* of the last entry */
static int64_t last_now;
static uint64_t last_time;
static bool over;         /* nothing is written any more */

typedef struct {
	uint8_t bytes[STATOR_RECORD_ENTRY_MAX];
	uint32_t size;
} entry;

static entry begin(uint32_t kind)
{
	entry made = { .size = 1 };
	uint32_t distance = stator_the_record.steps - at_step;
	bool far = distance >= STATOR_RECORD_FAR;
	made.bytes[0] = (uint8_t)(kind | (far ? STATOR_RECORD_FAR : distance) << STATOR_RECORD_KIND_BITS);
	if (far)
		made.size += stator_varint_put(made.bytes + 1, distance - STATOR_RECORD_FAR);
	return made;
}

static void add(entry *made, uint64_t value)
{
	made->size += stator_varint_put(made->bytes + made->size, value);
}

static void add_check(entry *made)
{
	made->bytes[made->size++] = stator_record_check_of(record_sum);
}

static void keep(const entry *made)
{
	memcpy(stator_record_memory + stator_the_record.used, made->bytes, made->size);
	stator_the_record.used += made->size;
	at_step = stator_the_record.steps;
}

static void write(const entry *made)
{
	stator_record_head *head = &stator_the_record;
	if (!head->magic)
		*head = (stator_record_head){ STATOR_RECORD_MAGIC, STATOR_RECORD_VERSION, stator_record_bytes, 0, head->steps, 0, 0, 0, STATOR_TRACED };
	if (over)
		return;
	if (head->used + made->size + MARK_BYTES <= head->capacity) {
		keep(made);
		return;
	}
	entry full = begin(STATOR_RECORD_FULL);
	keep(&full);
	over = true;
}

void record_step(uint32_t kind)
{
	stator_the_record.steps += !over;
	record_sum = stator_record_sum_of(record_sum, kind);
}

int64_t stator_outside(uint32_t kind, int64_t value)
{
	int64_t foreseen = kind == STATOR_RECORD_NOW ? last_now : kind == STATOR_RECORD_READ ? -1 : 0;
	record_step(kind);
	if (value == foreseen && kind <= STATOR_RECORD_READ)
		return value;
	if (kind == STATOR_RECORD_NOW)
		last_now = value;
	entry made = begin(kind);
	add(&made, stator_zigzag(value - foreseen));
	write(&made);
	return value;
}

uint64_t stator_record_time(uint64_t time)
{
	if (over || record_in_handler())
		return time;
	entry made = begin(STATOR_RECORD_TIME);
	add(&made, stator_zigzag((int64_t)(time - last_time)));
	write(&made);
	return last_time = time;
}

/* What the platform has noted takes effect. */
void record_take(void)
{
	uint32_t source, times;
	while (record_came(&source, &times)) {
		entry made = begin(STATOR_RECORD_INTERRUPT);
		add_check(&made);
		add(&made, source);
		add(&made, times);
		write(&made);
		if (stator_interrupt_lists.lists)
			stator_interrupts_came(&stator_interrupt_lists, source, times);
	}
	if (record_rang()) {
		entry made = begin(STATOR_RECORD_ALARM);
		add_check(&made);
		write(&made);
		record_alarm();
	}
	if (record_over()) {
		entry made = begin(STATOR_RECORD_CUT);
		add_check(&made);
		if (!over)
			keep(&made);
		over = true;
		stator_port_exit(0);
	}
}

void record_sleep(void)
{
	record_wait();
	record_take();
}

void stator_record_uncovered(void)
{
	if (over)
		return;
	entry made = begin(STATOR_RECORD_UNCOVERED);
	keep(&made);
	over = true;
}

void stator_record_end(int status)
{
	if (over)
		return;
	entry made = begin(STATOR_RECORD_END);
	add_check(&made);
	add(&made, stator_zigzag(status));
	if (!record_in_handler())
		keep(&made);
	over = true;
}

// ---- the printed form ----

/* stator_outside and the others are quiet: the record has ended. */
void stator_record_dump(void)
{
	enum { A_LINE = 32 };
	static const char digits[] = "0123456789abcdef";
	stator_record_head *head = &stator_the_record;
	char line[2 * A_LINE + 1];
	uint32_t check = CRC32_BEGIN;
	over = true;
	head->vectors = stator_port_vector_count();
	head->sources = stator_interrupt_lists.sources;
	head->hz = stator_port_time_hz();
	stator_print("stator-record: begin %u bytes %u of %u steps %u vectors %u sources %u hz %u traced %u", (unsigned)STATOR_RECORD_VERSION, (unsigned)head->used,
		(unsigned)stator_record_bytes, (unsigned)head->steps, (unsigned)head->vectors, (unsigned)head->sources, (unsigned)head->hz, (unsigned)head->traced);
	stator_print("stator-record: of %s", stator_record_name);
	for (uint32_t i = 0; i < head->used; i += A_LINE) {
		char *to = line;
		for (uint32_t j = i; j < i + A_LINE && j < head->used; j++) {
			*to++ = digits[stator_record_memory[j] >> 4];
			*to++ = digits[stator_record_memory[j] & 15];
		}
		*to = 0;
		stator_print("stator-record: b %s", line);
	}
	check = crc32_add(check, stator_record_memory, head->used);
	stator_print("stator-record: sum %08x", (unsigned)~check);
	stator_print("stator-record: end");
}
