/*
 * A record (native/abi/record.h), given back: the counterpart of native/xs/record.c, function by function. Each step of the program is
 * compared with the entry that is next: one that lies at this step has to be of the kind that the step asks for.
 */
#include "replay.h"

#include "hooks.h"
#include "port.h"
#include "record-steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

stator_record_head replay_head;

static const uint8_t *bytes;
static uint32_t at;
static replay_entry next; /* kind STATOR_RECORD_KINDS: there is none */
static uint32_t steps, agreed;
static int64_t last_now;
static uint64_t last_time;
static bool over; /* the program has ended: what is asked now is for the report */

static const char *const asked[] = {
	[STATOR_RECORD_NOW] = "what the clock shows", [STATOR_RECORD_READ] = "a byte of the console", [STATOR_RECORD_PORT] = "the platform, about a pin or a vector",
	[STATOR_RECORD_COUNTER] = "a counter", [STATOR_RECORD_NATIVE] = "what a native function gives",
	[STATOR_RECORD_COMPLETION] = "what the kernel has completed", [STATOR_RECORD_KERNEL] = "what the kernel answers at once",
	[STATOR_RECORD_DELIVER] = "what has come from outside, for a round or before a sleep", [STATOR_RECORD_SLEEP] = "what ends a sleep",
};

static uint64_t varint(void)
{
	uint64_t value;
	uint32_t size = stator_varint_get(bytes + at, replay_head.used - at, &value);
	if (!size)
		replay_ends("the record is broken: a number is cut off", 1);
	at += size;
	return value;
}

/* The entry that is next is something that came at this step. Ends are behind their step, but for a full buffer: there something is missing. */
static bool came_here(void)
{
	bool came = next.kind < STATOR_RECORD_TIME || (next.kind >= STATOR_RECORD_COMPLETION && next.kind < STATOR_RECORD_KINDS);
	return next.step == steps && (came || next.kind == STATOR_RECORD_CUT || next.kind == STATOR_RECORD_FULL);
}

static bool is_checked(uint32_t kind)
{
	return kind == STATOR_RECORD_INTERRUPT || kind == STATOR_RECORD_ALARM || kind == STATOR_RECORD_END || kind == STATOR_RECORD_CUT || kind == STATOR_RECORD_ASKED;
}

static void read_payload(void)
{
	if (is_checked(next.kind) && at < replay_head.used)
		next.check = bytes[at++];
	switch (next.kind) {
	case STATOR_RECORD_INTERRUPT:
		next.source = (uint32_t)varint();
		next.times = (uint32_t)varint();
		break;
	case STATOR_RECORD_COMPLETION:
		next.completion.whose = (uint32_t)varint();
		next.completion.result = (int32_t)stator_unzigzag(varint());
		next.completion.flags = (uint32_t)varint();
		break;
	case STATOR_RECORD_LANDED:
		next.size = (uint32_t)varint();
		if (next.size > replay_head.used - at)
			replay_ends("the record is broken: bytes are cut off", 1);
		next.bytes = bytes + at;
		at += next.size;
		break;
	case STATOR_RECORD_ASKED:
		next.request.number = (uint32_t)varint();
		next.request.opcode = (uint32_t)varint();
		next.request.file = (int32_t)stator_unzigzag(varint());
		next.request.length = (uint32_t)varint();
		break;
	case STATOR_RECORD_ALARM:
	case STATOR_RECORD_CUT:
	case STATOR_RECORD_FULL:
	case STATOR_RECORD_UNCOVERED:
		break;
	default:
		next.value = stator_unzigzag(varint());
	}
}

static void read_next(void)
{
	do {
		if (at == replay_head.used) {
			next = (replay_entry){ .kind = STATOR_RECORD_KINDS, .step = replay_head.steps };
			return;
		}
		uint8_t head = bytes[at++];
		uint32_t distance = head >> STATOR_RECORD_KIND_BITS, last = next.step;
		if (distance == STATOR_RECORD_FAR)
			distance += (uint32_t)varint();
		next = (replay_entry){ .kind = head & ((1 << STATOR_RECORD_KIND_BITS) - 1), .step = last + distance };
		read_payload();
	} while (next.kind == STATOR_RECORD_TIME && !STATOR_TRACED);
}

bool replay_open(const char *file, const char **why)
{
	FILE *from = fopen(file, "rb");
	*why = "it cannot be read";
	if (!from)
		return false;
	for (int c; (c = fgetc(from)) != '\n';) /* the first line is for people and tools */
		if (c == EOF)
			return false;
	*why = "it is no record of this version";
	if (fread(&replay_head, sizeof replay_head, 1, from) != 1 || replay_head.magic != STATOR_RECORD_MAGIC || replay_head.version != STATOR_RECORD_VERSION)
		return false;
	*why = "it is cut off";
	uint8_t *read = malloc((size_t)replay_head.used + 1);
	bool whole = read && fread(read, 1, replay_head.used, from) == replay_head.used;
	fclose(from);
	bytes = read;
	if (!whole)
		return false;
	read_next();
	return true;
}

uint32_t replay_now(void)
{
	return (uint32_t)last_now;
}

uint32_t replay_step(void)
{
	return steps;
}

uint32_t replay_agreed(void)
{
	return agreed;
}

bool replay_ended(void)
{
	return over;
}

/* The ends that are none of the program's. */
static void end_if_cut(void)
{
	if (next.kind == STATOR_RECORD_FULL)
		replay_ends("the buffer was full then", 0);
	if (next.kind == STATOR_RECORD_UNCOVERED)
		replay_ends("a native function did then what cannot be recorded", 0);
	if (next.kind == STATOR_RECORD_KINDS)
		replay_ends("it was taken off the device then", 0);
}

void record_step(uint32_t kind)
{
	if (over)
		return;
	steps++;
	record_sum = stator_record_sum_of(record_sum, kind);
	if (next.step >= steps)
		return;
	end_if_cut();
	replay_parts(&next, asked[kind]);
}

/* The event that is next has the same sum. */
static void compare(const char *what)
{
	if (next.check != stator_record_check_of(record_sum))
		replay_parts(&next, what);
	agreed = steps;
}

int64_t stator_outside(uint32_t kind, int64_t value)
{
	(void)value;
	int64_t foreseen = kind == STATOR_RECORD_NOW ? last_now : kind == STATOR_RECORD_READ ? -1 : 0;
	record_step(kind);
	if (over)
		return foreseen;
	bool here = came_here() && !(next.kind == STATOR_RECORD_LANDED && stator_record_foreseeable(kind));
	if (here ? next.kind != kind : !stator_record_foreseeable(kind)) {
		end_if_cut();
		replay_parts(&next, asked[kind]);
	}
	if (!here)
		return foreseen;
	int64_t given = foreseen + next.value;
	if (kind == STATOR_RECORD_NOW)
		last_now = given;
	read_next();
	return given;
}

void stator_outside_bytes(void *to, uint32_t size)
{
	if (over)
		return;
	if (!came_here() || next.kind != STATOR_RECORD_LANDED || next.size != size) {
		static char what[64];
		end_if_cut();
		snprintf(what, sizeof what, "%u bytes that the kernel has put into memory", (unsigned)size);
		replay_parts(&next, what);
	}
	memcpy(to, next.bytes, size);
	read_next();
}

bool stator_outside_completion(stator_record_completion *completion, bool any)
{
	(void)any;
	if (over || !came_here())
		return false;
	if (next.kind != STATOR_RECORD_COMPLETION) {
		end_if_cut();
		replay_parts(&next, asked[STATOR_RECORD_COMPLETION]);
	}
	*completion = next.completion;
	read_next();
	return true;
}

void stator_record_asked(const stator_record_request *request)
{
	const char *what = replay_request_text(request);
	if (over)
		return;
	steps++;
	record_sum = stator_record_sum_of(record_sum, STATOR_RECORD_ASKED);
	if (!came_here() || next.kind != STATOR_RECORD_ASKED) {
		end_if_cut();
		replay_parts(&next, what);
	}
	const stator_record_request *then = &next.request;
	if (then->number != request->number || then->opcode != request->opcode || then->file != request->file || then->length != request->length)
		replay_parts(&next, what);
	compare("the same, but what it says, or something before it, was another");
	read_next();
}

uint64_t stator_record_time(uint64_t time)
{
	(void)time;
	if (over)
		return last_time;
	if (!replay_head.traced) /* a time within the tick is not known */
		return last_time = (uint64_t)(uint32_t)last_now * (replay_head.hz / 1000);
	if (next.step == steps)
		end_if_cut();
	if (next.kind != STATOR_RECORD_TIME || next.step != steps)
		replay_parts(&next, "the trace's clock, for an event");
	last_time += (uint64_t)next.value;
	read_next();
	return last_time;
}

/* Events at this step take effect; false: there was none. */
static bool take(uint32_t kind)
{
	bool any = false;
	for (; came_here(); any = true) {
		if (next.kind == STATOR_RECORD_INTERRUPT) {
			compare("the same, but something before it was another");
			uint32_t source = next.source, times = next.times;
			read_next();
			record_interrupt(source, times);
		} else if (next.kind == STATOR_RECORD_ALARM) {
			compare("the same, but something before it was another");
			read_next();
			stator_port_shift(0); /* what is due is marked */
		} else if (next.kind == STATOR_RECORD_CUT) {
			compare("the same, but something before it was another");
			replay_ends("its time was over then", 0);
		} else {
			end_if_cut();
			replay_parts(&next, asked[kind]);
		}
	}
	return any;
}

void record_take(void)
{
	take(STATOR_RECORD_DELIVER);
}

void record_sleep(void)
{
	if (!take(STATOR_RECORD_SLEEP)) {
		end_if_cut();
		replay_parts(&next, asked[STATOR_RECORD_SLEEP]);
	}
}

void stator_record_uncovered(void)
{
	end_if_cut();
	replay_parts(&next, "what a native function gives that cannot be recorded");
}

void stator_record_end(int status)
{
	if (over)
		return;
	if (next.kind != STATOR_RECORD_END || next.step != steps || next.value != status) {
		static char what[64];
		end_if_cut();
		snprintf(what, sizeof what, "nothing: it ends, with status %d", status);
		replay_parts(&next, what);
	}
	compare("nothing: it ends");
	over = true;
}
