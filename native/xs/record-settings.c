/* What a program has chosen for its record (record-memory.h). The build gives the numbers; compiled once for each program that is recorded. */
#include "record-memory.h"

const uint32_t stator_record_bytes = STATOR_RECORD_BYTES;
const uint32_t stator_record_limit = STATOR_RECORD_LIMIT;
const char stator_record_name[] = STATOR_RECORD_NAME;
