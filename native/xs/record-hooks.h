/*
 * record-hooks.h: where the outside comes in and is told something (native/abi/record.h). As hooks.h: the files that call these are compiled once without
 * a record, into the library, and again for a program that has one. What is not built in costs no instruction.
 */
#ifndef STATOR_RECORD_HOOKS_H
#define STATOR_RECORD_HOOKS_H

#include "port.h"
#include "record.h"

#ifndef STATOR_RECORDED
#define STATOR_RECORDED 0
#endif
/* On a host: the same files in a program that gives a record back. It asks nothing of the kernel. */
#ifndef STATOR_REPLAYED
#define STATOR_REPLAYED 0
#endif

/* A value of the outside, of one of the STATOR_RECORD_ kinds. */
static inline int32_t hook_outside(uint32_t kind, int32_t value)
{
	return STATOR_RECORDED ? (int32_t)stator_outside(kind, value) : value;
}

/* The same of a number that is no integer. */
static inline double hook_outside_number(uint32_t kind, double value)
{
	if (STATOR_RECORDED) {
		union { double number; int64_t bits; } both = { .number = value };
		both.bits = stator_outside(kind, both.bits);
		return both.number;
	}
	return value;
}

/* What came with it, in memory. */
static inline void hook_outside_bytes(void *bytes, uint32_t size)
{
	if (STATOR_RECORDED)
		stator_outside_bytes(bytes, size);
}

/* What the program tells the outside. */
static inline void hook_told(const void *bytes, uint32_t size)
{
	if (STATOR_RECORDED)
		stator_record_told(bytes, size);
}

static inline void hook_told_texts(const stator_text *texts, uint32_t count)
{
	for (uint32_t i = 0; STATOR_RECORDED && i < count; i++)
		hook_told(texts[i].text, (uint32_t)texts[i].size);
}

/* Its alarms. */
static inline void hook_told_alarms(const stator_executor *executor)
{
	hook_told(&executor->armed, sizeof executor->armed);
	hook_told(executor->alarm_at, sizeof executor->alarm_at);
}

#endif
