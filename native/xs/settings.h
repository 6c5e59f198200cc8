/*
 * settings.h: the sizes that a program may choose. settings.c is compiled once for each program, from the platform's
 * defaults and the program's own `"stator": { "settings": { … } }` in its manifest.
 */
#ifndef STATOR_SETTINGS_H
#define STATOR_SETTINGS_H

#include <stdint.h>

typedef struct {
	uint32_t stack_slots; /* stackSlots: the XS stack, beside what the first module declares */
	uint32_t initial_slots; /* initialSlots: the heap's slots at boot; it grows when they are used up */
	uint32_t initial_chunk_bytes; /* initialChunkBytes: likewise for chunks */
	uint32_t spare_keys;  /* spareKeys: names made at run time, beyond those of the program's own code */
	uint32_t pool_bytes;  /* poolBytes: the pool behind c_malloc */
	uint32_t heap_bytes;  /* heapBytes: the block for slots and chunks; 0: all RAM that is left (boards) */
	int32_t halt;         /* what ends a program on a board: 1 halt, 0 reset (onEnd: "halt" | "reset") */
} stator_settings_t;

extern const stator_settings_t stator_settings;
extern char stator_pool_memory[];

#endif
