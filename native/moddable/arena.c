/*
 * The C memory of the executor (native/xs/heap.h): ready set, timers, waits, messages. One static block, cut from its beginning while the
 * program starts; nothing is given back, and the SDK's heap is not touched. How large it is: "defines": { "stator": { "arena": bytes } } in
 * the application's manifest. The engine's own memory is the SDK's business ("creation").
 */
#include "mc.defines.h"

#include "heap.h"
#include "port.h"

#ifndef MODDEF_STATOR_ARENA
#define MODDEF_STATOR_ARENA 4096
#endif

static _Alignas(16) char arena[MODDEF_STATOR_ARENA];
static size_t used;

size_t stator_heap_used(void)
{
	return used;
}

void *stator_heap_keep(size_t size)
{
	size = (size + 7) & ~(size_t)7;
	if (size > sizeof arena - used)
		return NULL;
	void *memory = arena + used;
	used += size;
	return memory; /* zero since start: nothing comes back */
}

void *stator_heap_keep_shared(size_t size)
{
	return stator_heap_keep(size);
}

/* What is not in use: the summary adds it to what is. The program's other RAM, the SDK's tools say. */
uint32_t stator_port_ram_bytes(void)
{
	return (uint32_t)(sizeof arena - used);
}

char *stator_block_begin(void)
{
	return arena;
}

/* c_malloc is the SDK's: nobody counts its calls here. */
stator_pool_info stator_pool_stat(void)
{
	return (stator_pool_info){ 0 };
}
