/* The trace's memory (trace-memory.h). The build gives the numbers; compiled once for each traced program. */
#include "trace-memory.h"

#include <stdalign.h>

const uint32_t stator_trace_bytes = STATOR_TRACE_BYTES;
const uint32_t stator_trace_stops = STATOR_TRACE_STOPS;
const uint32_t stator_trace_limit = STATOR_TRACE_LIMIT;

alignas(8) char stator_trace_memory[STATOR_TRACE_BYTES];
