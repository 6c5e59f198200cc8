/*
 * Measures start-up (probe.h). One line a pool, `stator: probe pool <first slot> <slots> <bytes> <name>`: what the heap has
 * more than before, after a collection each; and one at the end, `stator: probe <when> key=value …`, from the engine's own
 * high-water marks and from the paint on the two stacks that is still there.
 */
#include "xsAll.h"

#include "executor.h"
#include "format.h"
#include "machine.h"
#include "port.h"
#include "probe.h"
#include "settings.h"
#include "wheel.h"

enum { PAINT = 0xA5, NEAR = 256 /* bytes of the C stack above the paint, at most twice this */, NAME = 60 };

static unsigned char *c_low, *c_high;
static uint32_t first_slot, last_slot, bytes_before, first_key;
static char task_name[NAME];
static bool in_pool;

static uint32_t heap_bytes(txMachine *the)
{
	fxCollectGarbage(the);
	return (uint32_t)the->currentHeapCount * (uint32_t)sizeof(txSlot) + (uint32_t)the->currentChunksSize;
}

static uint32_t unpainted(const unsigned char *from, const unsigned char *to)
{
	while (from < to && *from == PAINT)
		from++;
	return (uint32_t)(to - from);
}

void stator_probe_begin(txMachine *the)
{
	unsigned char here;
	c_memset(the->stackBottom, PAINT, (size_t)((char *)(the->stack - 16) - (char *)the->stackBottom));
	c_low = (unsigned char *)stator_port_stack_limit();
	c_high = &here - NEAR;
	if (c_low && c_low < c_high)
		c_memset(c_low, PAINT, (size_t)(c_high - c_low));
	first_key = the->keyIndex;
}

void stator_probe_pool(txMachine *the, const char *task, uint32_t slots)
{
	stator_executor *executor = the->context;
	if (executor != &stator_main_executor) /* a level's sizes are its settings */
		return;
	c_strncpy(task_name, task, NAME - 1);
	first_slot = in_pool || executor->ready.slots ? last_slot : 0;
	last_slot = slots;
	in_pool = true;
	bytes_before = heap_bytes(the);
}

void stator_probe_slot(txMachine *the, uint32_t slot)
{
	if (the->context != &stator_main_executor || !in_pool || slot + 1 != last_slot)
		return;
	in_pool = false;
	stator_print("stator: probe pool %u %u %u %s", (unsigned)first_slot, (unsigned)(last_slot - first_slot),
		(unsigned)(heap_bytes(the) - bytes_before), task_name);
}

static unsigned timers_of(const stator_executor *executor)
{
	const stator_wheel *wheel = executor->timers;
	return wheel ? (unsigned)wheel->timers->count : 0;
}

static void report(txMachine *the, const char *when)
{
	const stator_machine *machine = the->context;
	uint32_t stack = unpainted((unsigned char *)the->stackBottom, (unsigned char *)the->stackTop);
	uint32_t c_stack = c_low && c_low < c_high ? unpainted(c_low, c_high) + 2 * NEAR : 0; /* and what lies above the paint */
	stator_print("stator: probe %s slot=%u slots=%u peak_slots=%u heap_slots=%u chunks=%u peak_chunks=%u heap_chunks=%u", when, (unsigned)sizeof(txSlot),
		(unsigned)the->currentHeapCount, (unsigned)the->peakHeapCount, (unsigned)the->maximumHeapCount, (unsigned)the->currentChunksSize,
		(unsigned)the->peakChunksSize, (unsigned)the->maximumChunksSize);
	stator_print("stator: probe %s stack=%u stack_slots=%u asked_slots=%u depth=%u keys=%u asked_keys=%u pool=%u jump=%u c_stack=%u block=%u block_free=%u timers=%u", when,
		(unsigned)((stack + sizeof(txSlot) - 1) / sizeof(txSlot)), (unsigned)(the->stackTop - the->stackBottom), (unsigned)stator_settings.stack_slots, (unsigned)(the->stackTop - the->stack),
		(unsigned)(the->keyIndex - first_key), (unsigned)stator_settings.spare_keys,
		(unsigned)machine->pool->peak, (unsigned)sizeof(txJump), (unsigned)c_stack,
		(unsigned)stator_block_size(&machine->block), (unsigned)stator_block_free(&machine->block), timers_of(&machine->executor));
}

void stator_probe_started(txMachine *the)
{
	if (the->context != &stator_main_executor)
		return;
	report(the, "started");
	stator_port_exit(0);
}

void stator_probe_ended(txMachine *the)
{
	report(the, "never");
}
