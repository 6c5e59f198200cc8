/* The steps and the sum of a program that is recorded or replayed (native/abi/record.h). */
#include "record-steps.h"

#include "record.h"
#include "trace.h"

uint32_t record_sum;

void stator_record_sum(uint32_t kind, uint32_t about)
{
	record_sum = stator_record_sum_of(record_sum, kind << STATOR_TRACE_KIND_SHIFT | about);
}

void stator_record_told(const void *bytes, uint32_t size)
{
	record_sum = stator_record_sum_bytes(record_sum, bytes, size);
}

void stator_record_deliver(void)
{
	record_step(STATOR_RECORD_DELIVER);
	record_take();
}
