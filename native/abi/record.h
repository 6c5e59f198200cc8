/*
 * record.h: what a program was given by the outside, in order, so that another machine can give it the same again (docs/record-and-replay.md).
 * Built into a program that asks for it (the setting `record`, `stator record`), absent from all others.
 *
 * Model. The executor, the engine and the compiled program do the same whenever they are given the same. What they are given comes in at
 * numbered steps, counted from the start, all of them in thread mode:
 *
 *   a value    the clock, a byte of the console, what the platform or a native function answers
 *   a look     at what the kernel of a host has completed: there, and nowhere else, completions take effect
 *   a request  for an operation of the kernel: a replay makes none, and compares
 *   delivery   at the start of each round, before and in the sleep: here, and nowhere else, interrupts that came since the last delivery
 *              take effect. Handlers only note that they came (native/cortex-m/record-port.c).
 *
 * An entry of the record says at which step what came. What can be foreseen is no entry: a clock that shows what it showed before, a
 * console that has nothing. So between two entries the program runs by itself, and a program that sleeps records nothing.
 *
 *   entry      head: kind | distance << 4 (the steps since the entry before; 15: a varint of what is more follows), then the payload
 *   payload    varints (seven bits a byte, the lowest first, 0x80: more); signed numbers as zigzag
 *
 * An event carries one byte of a sum over all steps, polls, wakes and ends until there, and over what the program has told the outside (its
 * text, its alarms): a replay that goes another way is found at the next event, one that asks for something else at once.
 *
 * On Linux an executor's files and sockets come in as completions (native/linux/uring-record.c): each is an entry, followed by the bytes that the
 * kernel has put into the program's memory.
 *
 * The functions are there twice: native/xs/record.c writes, native/replay/replay.c gives back; steps and sum are in native/xs/record-steps.c. Thread mode; no level, no thread.
 */
#ifndef STATOR_RECORD_H
#define STATOR_RECORD_H

#include "executor.h"

enum { STATOR_RECORD_MAGIC = 0x65725453, STATOR_RECORD_VERSION = 1 }; /* "STre" */

/* Kinds of steps; those up to STATOR_RECORD_NATIVE are kinds of entries, too. */
enum {
	STATOR_RECORD_NOW,     /* ticks: an entry when they differ from the last, and the payload is by how much */
	STATOR_RECORD_READ,    /* a byte of the console: an entry unless there is none (-1); the payload is one more */
	STATOR_RECORD_PORT,    /* what the platform answers about pins and vectors */
	STATOR_RECORD_COUNTER, /* statistics, memory, cycles */
	STATOR_RECORD_NATIVE,  /* what a native function of the application gave: its kind, then its value */
	STATOR_RECORD_VALUES,
	STATOR_RECORD_DELIVER = STATOR_RECORD_VALUES,
	STATOR_RECORD_SLEEP,
};

/* Kinds of entries that are no values. */
enum {
	STATOR_RECORD_INTERRUPT = STATOR_RECORD_VALUES, /* the sum's byte, source, times: at a delivery */
	STATOR_RECORD_ALARM, /* the sum's byte: the clock's alarm; at a delivery */
	STATOR_RECORD_TIME,  /* the trace's clock, by how much it has gone on; only where both were built in */
	STATOR_RECORD_END,   /* the sum's byte, the program's status */
	STATOR_RECORD_CUT,   /* the sum's byte: the time of recordLimit is over */
	STATOR_RECORD_FULL,  /* the buffer is: what comes later is missing */
	STATOR_RECORD_UNCOVERED, /* a native function did what cannot be recorded: what comes later is missing */
	STATOR_RECORD_COMPLETION, /* of a host's kernel: whose, result, flags; a step, too: the program looks for them */
	STATOR_RECORD_LANDED,     /* how many, and they: what has come has put them into memory */
	STATOR_RECORD_ASKED,      /* the sum's byte, operation, opcode, descriptor, length: the kernel is asked for an operation; a step, too */
	STATOR_RECORD_KERNEL,     /* a value: what a host's kernel answers at once; an entry unless it is 0 */
	STATOR_RECORD_KINDS,
};

_Static_assert(STATOR_RECORD_KINDS <= 16, "STATOR_RECORD_KIND_BITS");

enum { STATOR_RECORD_FAR = 15, STATOR_RECORD_KIND_BITS = 4, STATOR_RECORD_ENTRY_MAX = 32 };

/* What tools read in memory (GDB) or from the console; written at the front of a file, too. */
typedef struct {
	uint32_t magic, version;
	uint32_t capacity; /* bytes */
	uint32_t used;     /* bytes */
	uint32_t steps;    /* so many were counted */
	uint32_t vectors;  /* sources below are vectors of the interrupt controller */
	uint32_t sources;
	uint32_t hz;       /* of the trace's clock */
	uint32_t traced;   /* 1: it has the times of a trace */
} stator_record_head;

_Static_assert(sizeof(stator_record_head) == 36, "tools read this layout");

/* A value at this step: as it is and noted, or, in a replay, as it was. HOT */
int64_t stator_outside(uint32_t kind, int64_t value);

/* What came with the value or the completion before is in memory: as it is and noted, or put there as it was. Thread mode. */
void stator_outside_bytes(void *bytes, uint32_t size);

/* What the kernel has completed. */
typedef struct {
	uint32_t whose; /* an operation's number + STATOR_RECORD_OPERATIONS, or one of these */
	int32_t result;
	uint32_t flags;
} stator_record_completion;

enum { STATOR_RECORD_NOBODYS, STATOR_RECORD_WAKEUP, STATOR_RECORD_OPERATIONS };

/* The next completion of this look: `any` says that there is one, which is noted; or, in a replay, what was there. False: no more. HOT */
bool stator_outside_completion(stator_record_completion *completion, bool any);

/* An operation that the kernel is asked for. What it says to the outside has been told before. */
typedef struct {
	uint32_t number, opcode;
	int32_t file;
	uint32_t length;
} stator_record_request;

/* It is asked now: a step. HOT */
void stator_record_asked(const stator_record_request *request);

/* The same for the trace's clock: no step. Any context; what a handler asks is not noted. */
uint64_t stator_record_time(uint64_t time);

/* What has come since the last delivery takes effect. Only the executor in thread mode. */
void stator_record_deliver(void);

/* Sleeps until the executor has work: stator_port_idle of a program that is recorded or replayed. */
void stator_record_idle(stator_executor *executor);

/* Something that has to be the same happened, and is added to the sum: kind and subject as in the trace. Any context. */
void stator_record_sum(uint32_t kind, uint32_t about);

/* What comes now cannot be given back: the record ends here. */
void stator_record_uncovered(void);

/* The program tells the outside something (text for the console, an alarm, a light), which is added to the sum. Thread mode. */
void stator_record_told(const void *bytes, uint32_t size);

/* The program ends. A host's or a board's stator_port_exit. */
void stator_record_end(int status);

/* Prints the record on the console. Only where one is written. */
void stator_record_dump(void);

/* ---- a process that replays (native/replay/report.c) ---- */

/* Opens the record that is the process's argument, or says what is wrong and ends. INIT */
void replay_begin(int argc, char **argv);

/* The record ends: what was replayed, on stderr, and the process with `status`. */
_Noreturn void replay_ends(const char *why, int status);

/* ---- for the two implementations ---- */

/* Values that need no entry as long as they are what they were, or what they are as a rule. */
static inline bool stator_record_foreseeable(uint32_t kind)
{
	return kind <= STATOR_RECORD_READ || kind == STATOR_RECORD_KERNEL;
}

static inline uint64_t stator_zigzag(int64_t value)
{
	return (uint64_t)value << 1 ^ (uint64_t)(value >> 63);
}

static inline int64_t stator_unzigzag(uint64_t value)
{
	return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

/* At most ten bytes; how many. */
static inline uint32_t stator_varint_put(uint8_t *to, uint64_t value)
{
	uint32_t size = 0;
	for (; value >= 0x80; value >>= 7)
		to[size++] = (uint8_t)(value | 0x80);
	to[size++] = (uint8_t)value;
	return size;
}

/* How many bytes it has; 0: it is cut off, or has more than 64 bits. */
static inline uint32_t stator_varint_get(const uint8_t *from, uint32_t room, uint64_t *value)
{
	*value = 0;
	for (uint32_t size = 0; size < room && size < 10; size++) {
		*value |= (uint64_t)(from[size] & 0x7F) << 7 * size;
		if (!(from[size] & 0x80))
			return size + 1;
	}
	return 0;
}

/* The sum goes on: FNV-1a, by words. */
static inline uint32_t stator_record_sum_of(uint32_t sum, uint32_t word)
{
	return (sum ^ word) * 16777619u;
}

static inline uint32_t stator_record_sum_bytes(uint32_t sum, const void *bytes, uint32_t size)
{
	for (const uint8_t *at = bytes; size; size--)
		sum = stator_record_sum_of(sum, *at++);
	return sum;
}

/* The byte of the sum that an event carries. */
static inline uint8_t stator_record_check_of(uint32_t sum)
{
	return (uint8_t)(sum ^ sum >> 8 ^ sum >> 16 ^ sum >> 24);
}

#endif
