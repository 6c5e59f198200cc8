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

static const uint32_t STEPS_MAX = UINT32_MAX - (1u << 24); /* as many as can be counted, and some that need no entry */

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

static void keep_with(const entry *made, const void *bytes, uint32_t size)
{
	record_put(stator_the_record.used, made->bytes, made->size);
	if (size)
		record_put(stator_the_record.used + made->size, bytes, size);
	stator_the_record.used += made->size + size;
	at_step = stator_the_record.steps;
	record_publish(&stator_the_record);
}

static void keep(const entry *made)
{
	keep_with(made, NULL, 0);
}

/* The entry, and bytes behind it. */
static void write_with(const entry *made, const void *bytes, uint32_t size)
{
	stator_record_head *head = &stator_the_record;
	if (!head->magic)
		*head = (stator_record_head){ STATOR_RECORD_MAGIC, STATOR_RECORD_VERSION, stator_record_bytes, 0, head->steps, 0, 0, 0, STATOR_TRACED };
	if (over)
		return;
	if (size <= UINT32_MAX / 2 - head->used && head->steps < STEPS_MAX && record_room(head->used + made->size + size + MARK_BYTES)) {
		keep_with(made, bytes, size);
		return;
	}
	entry full = begin(STATOR_RECORD_FULL);
	keep(&full);
	over = true;
}

static void write(const entry *made)
{
	write_with(made, NULL, 0);
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
	if (value == foreseen && stator_record_foreseeable(kind))
		return value;
	if (kind == STATOR_RECORD_NOW)
		last_now = value;
	entry made = begin(kind);
	add(&made, stator_zigzag(value - foreseen));
	write(&made);
	return value;
}

void stator_outside_bytes(void *bytes, uint32_t size)
{
	entry made = begin(STATOR_RECORD_LANDED);
	add(&made, size);
	write_with(&made, bytes, size);
}

bool stator_outside_completion(stator_record_completion *completion, bool any)
{
	if (!any)
		return false;
	entry made = begin(STATOR_RECORD_COMPLETION);
	add(&made, completion->whose);
	add(&made, stator_zigzag(completion->result));
	add(&made, completion->flags);
	write(&made);
	return true;
}

void stator_record_asked(const stator_record_request *request)
{
	record_step(STATOR_RECORD_ASKED);
	entry made = begin(STATOR_RECORD_ASKED);
	add_check(&made);
	add(&made, request->number);
	add(&made, request->opcode);
	add(&made, stator_zigzag(request->file));
	add(&made, request->length);
	write(&made);
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
		record_interrupt(source, times);
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
			uint8_t byte = record_byte(j);
			check = crc32_add(check, &byte, 1);
			*to++ = digits[byte >> 4];
			*to++ = digits[byte & 15];
		}
		*to = 0;
		stator_print("stator-record: b %s", line);
	}
	stator_print("stator-record: sum %08x", (unsigned)~check);
	stator_print("stator-record: end");
}
