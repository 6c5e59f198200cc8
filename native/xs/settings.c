/* The program's settings (settings.h). The build gives the numbers; see native/CMakeLists.txt. */
#include "settings.h"

#include <stdalign.h>

/* The names of the builtins, when these are in RAM. */
#ifndef STATOR_BUILTIN_POOL_BYTES
#define STATOR_BUILTIN_POOL_BYTES 0
#endif

const stator_settings_t stator_settings = {
	.stack_slots = STATOR_STACK_SLOTS,
	.initial_slots = STATOR_INITIAL_SLOTS,
	.initial_chunk_bytes = STATOR_INITIAL_CHUNK_BYTES,
	.spare_keys = STATOR_SPARE_KEYS,
	.pool_bytes = STATOR_POOL_BYTES + STATOR_BUILTIN_POOL_BYTES,
	.heap_bytes = STATOR_HEAP_BYTES,
	.halt = STATOR_HALT,
};

alignas(16) char stator_pool_memory[STATOR_POOL_BYTES + STATOR_BUILTIN_POOL_BYTES];
