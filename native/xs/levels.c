/*
 * Machines at priority levels (levels.h).
 *
 * Model. A level's machine is made in thread mode, before its vector is enabled: its first module runs there and ends
 * with `serve`, which notes the executor's functions and drops the module's frames, never to return. From then on the
 * level lives in its vector's handler alone: each entry runs rounds until nothing is ready. Between entries its machine
 * is at rest, with an empty stack but for its first frame.
 *
 * A module needs far more stack than a handler. So a level's stack lies at the low end of its block, and while the module
 * runs it reaches down into what the machine in thread mode has free; then that is given back.
 *
 * Costs of one more level: this struct, its variables, and the block that its settings give it.
 * A handler of the chip, and every other machine, may wake its tasks (stator_wake): that makes its vector pending.
 */
#include "xsAll.h"

#include "accounting.h"
#include "format.h"
#include "interrupt-port.h"
#include "levels.h"
#include "native-call.h"
#include "port.h"
#include "rom.h"

#include <errno.h>

enum { SERVED = 3, SLOTS_MORE = 8, CHUNK_BYTES = 128, BORROWED_SLOTS = 1024 };

static stator_machine *enter(stator_machine *machine)
{
	stator_machine *interrupted = stator_current;
	stator_current = machine;
	stator_pool_current = machine->pool;
	return interrupted;
}

void stator_level_turn(stator_machine *machine)
{
	enum { UNLIMITED = 0x7FFFFFFF >> STATOR_DUE_BITS };
	stator_machine *interrupted = enter(machine);
	txMachine *the = machine->the;
	machine->entered_at = __builtin_frame_address(0);
	do { /* who was entered has something to do, or finds nothing once */
		uint32_t outcome = stator_round(the, machine->served, machine->served + 1, UNLIMITED, false);
		if (outcome && !(outcome >> STATOR_DUE_BITS))
			stator_attend(the, machine->served + 2, outcome);
		charge_other(&machine->executor);
	} while (stator_work(&machine->executor));
	enter(interrupted);
}

/* Why a level cannot be where it is wanted, in words; null: it can. */
static const char *refusal(char *text, size_t size, const stator_machine *machine, int32_t vector, int32_t priority)
{
	for (uint32_t i = 1; i < stator_machine_count; i++)
		if (&stator_machines[i] != machine && stator_machines[i].executor.exception == (uint32_t)vector + 16) {
			stator_snprintf(text, size, "vector %d: two levels cannot have the same vector", (int)vector);
			return text;
		}
	switch (stator_port_level_check(vector, priority)) {
	case 0:
		return NULL;
	case -ENXIO:
		stator_snprintf(text, size, "vector %d: there are vectors 0 to %u", (int)vector, (unsigned)stator_port_vector_count() - 1);
		break;
	case -EBUSY:
		stator_snprintf(text, size, "vector %d has a handler already, of the chip or of another level: take a spare one", (int)vector);
		break;
	case -ERANGE:
		stator_snprintf(text, size, "priority %d: the interrupt controller has 0 (the most urgent) to %u", (int)priority, (unsigned)stator_port_priorities() - 1);
		break;
	default:
		stator_snprintf(text, size, "vector %d cannot be attached: no memory left for the handlers' table", (int)vector);
	}
	return text;
}

/* How many slots the stack may borrow while the module runs. */
static uint32_t borrowed(void)
{
	uint32_t half = (uint32_t)(stator_block_free(&stator_machines[0].block) / 2 / sizeof(txSlot));
	return half < BORROWED_SLOTS ? half : BORROWED_SLOTS;
}

/* Makes the level's machine and runs its first module up to `serve`. What goes wrong here ends the program. */
static void start(stator_machine *machine, int32_t vector, int32_t priority)
{
	const stator_place *place = &stator_places[stator_machine_number(machine)];
	char *memory = stator_block_keep(&stator_machines[0].block, place->heap_bytes);
	if (!memory) {
		stator_print("stator: level \"%s\": no memory for its %u bytes (heapBytes), %u are left", place->name, (unsigned)place->heap_bytes,
			(unsigned)stator_block_free(&stator_machines[0].block));
		stator_port_exit(2);
	}
	stator_block_init(&machine->block, memory, memory + place->heap_bytes);
	machine->block.low += place->stack_slots * sizeof(txSlot);
	machine->block.stack_top = machine->block.low;
	machine->pool = stator_block_keep(&machine->block, sizeof *machine->pool);
	machine->pool->size = place->pool_bytes;
	machine->pool->memory = stator_block_keep(&machine->block, place->pool_bytes);
	machine->executor.exception = (uint32_t)vector + 16;
	machine->priority = (uint8_t)(priority < 0 ? 0 : priority); /* a vector's own: 0 unless somebody has changed it */
	stator_machine *before = enter(machine);
	txMachine *the = machine->pool->memory ? stator_machine_make(machine, place->stack_slots + borrowed(), 8 * SLOTS_MORE, SLOTS_MORE, CHUNK_BYTES, place->spare_keys) : NULL;
	if (!the) {
		stator_print("stator: level \"%s\": no machine: poolBytes (%u) is too small, or not within heapBytes (%u)", place->name,
			(unsigned)place->pool_bytes, (unsigned)place->heap_bytes);
		stator_port_exit(2);
	}
	for (int i = 0; i < SERVED; i++)
		mxPushUndefined();
	txSlot *served = the->stack;
	mxTry(the) {
		machine->served = NULL;
		stator_rom_run(stator_machine_number(machine), the);
	}
	mxCatch(the) { /* `serve` comes here, too */
		if (!machine->served) {
			stator_print("stator: level \"%s\":", place->name);
			stator_machine_report_exception(the);
			stator_port_exit(1);
		}
	}
	if (!machine->served) {
		stator_print("stator: level \"%s\": its module has ended without InterruptExecutor.at(vector, priority).run(task)", place->name);
		stator_port_exit(2);
	}
	c_memcpy(served, machine->served, SERVED * sizeof(txSlot));
	for (int i = 0; i < SERVED; i++)
		served[i].next = NULL;
	machine->served = served;
	the->stackBottom = (txSlot *)machine->block.begin;
	if (the->stack <= the->stackBottom) {
		stator_print("stator: level \"%s\": stackSlots is %u, too few for a machine at rest", place->name, (unsigned)place->stack_slots);
		stator_port_exit(2);
	}
	fxCollectGarbage(the);
	stator_executor *executor = &machine->executor;
	executor->start_slots = the->currentHeapCount;
	executor->start_bytes = the->currentChunksSize;
	executor->start_collections = executor->collections;
	enter(before);
}

void stator_levels_boot(void)
{
	char text[120];
	for (uint32_t i = 1; i < stator_machine_count; i++) {
		const stator_place *place = &stator_places[i];
		if (place->vector == STATOR_NO_VECTOR)
			continue;
		const char *why = refusal(text, sizeof text, &stator_machines[i], place->vector, (int32_t)place->priority);
		if (why) {
			stator_print("stator: level \"%s\": %s", place->name, why);
			stator_port_exit(2);
		}
		start(&stator_machines[i], place->vector, (int32_t)place->priority);
		stator_port_level_open(&stator_machines[i].executor, (int32_t)place->priority);
	}
}

void stator_levels_close(void)
{
	for (uint32_t i = 1; i < stator_machine_count; i++)
		if (stator_machines[i].the && !stator_machines[i].thread)
			stator_port_level_close(&stator_machines[i].executor);
}

void stator_levels_print(void)
{
	for (uint32_t i = 1; i < stator_machine_count; i++) {
		const stator_machine *machine = &stator_machines[i];
		const txMachine *the = machine->the;
		if (!the || machine->thread)
			continue;
		uint32_t size = (uint32_t)stator_block_size(&machine->block), rest = (uint32_t)stator_block_free(&machine->block);
		stator_print("stator: level \"%s\": RAM %u bytes: %u machine (pool: %u of %u, slots: %u of %u, chunks: %u of %u), %u left",
			stator_places[i].name, (unsigned)(size + sizeof *machine + stator_rom_variable_bytes(i)), (unsigned)(size - rest),
			(unsigned)machine->pool->peak, (unsigned)machine->pool->size, (unsigned)((unsigned)the->currentHeapCount * sizeof(txSlot)),
			(unsigned)((unsigned)the->maximumHeapCount * sizeof(txSlot)), (unsigned)the->currentChunksSize, (unsigned)the->maximumChunksSize, (unsigned)rest);
		stator_print("  polls %u, wakes %u; heap growth since start-up %d slots, %d bytes; collections %u", (unsigned)machine->executor.polls,
			(unsigned)machine->executor.ready.wakes, (int)(the->currentHeapCount - machine->executor.start_slots),
			(int)(the->currentChunksSize - machine->executor.start_bytes), (unsigned)(machine->executor.collections - machine->executor.start_collections));
	}
}

/* The native functions of level.js. */

/* levelVector(): the vector that enters this machine, -1 in thread mode */
void xs_stator_level_vector(txMachine *the)
{
	const stator_executor *executor = the->context;
	return_integer(the, executor->exception ? (txInteger)executor->exception - 16 : -1);
}

/* levelPriority(): what the build has said; -1: nothing */
void xs_stator_level_priority(txMachine *the)
{
	const stator_place *place = &stator_places[stator_machine_number(the->context)];
	return_integer(the, place->vector == STATOR_NO_VECTOR ? -1 : (txInteger)place->priority);
}

/* serve(polls, settle, attend, states, pools, handles): INIT. From now on the level's vector runs the rounds. Does not return. */
void xs_stator_level_serve(txMachine *the)
{
	stator_machine *machine = the->context;
	if (machine == stator_machines || machine->served)
		mxTypeError("run: this is no level's machine, or it runs already");
	/* The arguments are copied by start(), before anything can collect. */
	static txSlot served[SERVED];
	for (int i = 0; i < SERVED; i++)
		served[i] = *mxArgv(i);
	machine->served = served;
	stator_machine_tables(the, mxArgv(0), mxArgv(3), mxArgv(4), mxArgv(5));
	fxExitToHost(the);
}

/* schedule(vector): 0, or -ENXIO */
void xs_stator_schedule(txMachine *the)
{
	return_integer(the, stator_port_vector_pend(unsigned_arg(the, 0)));
}

/* levelStart(vector, priority): INIT. Starts the next machine at this place (priority -1: the vector's own); throws when it cannot be. */
void xs_stator_level_start(txMachine *the)
{
	char text[120];
	int32_t vector = fxToInteger(the, mxArgv(0)), priority = fxToInteger(the, mxArgv(1));
	stator_machine *machine = NULL;
	for (uint32_t i = 1; i < stator_machine_count && !machine; i++)
		if (!stator_machines[i].the)
			machine = &stator_machines[i];
	if (!machine)
		mxRangeError("run: the build has counted %u vectors, there are more", (unsigned)stator_machine_count - 1);
	const char *why = refusal(text, sizeof text, machine, vector, priority);
	if (why)
		mxRangeError("run: %s", why);
	start(machine, vector, priority);
	stator_port_level_open(&machine->executor, priority);
}

/* levelEnded(): the level's last task has ended */
void xs_stator_level_ended(txMachine *the)
{
	stator_machine *machine = the->context;
	machine->ended = true;
	stator_due(&stator_main_executor, STATOR_DUE_JOBS);
}

/* levelsLeft(): how many levels have tasks */
void xs_stator_levels_left(txMachine *the)
{
	txInteger left = 0;
	for (uint32_t i = 1; i < stator_machine_count; i++)
		if (stator_machines[i].the && !stator_machines[i].ended)
			left++;
	return_integer(the, left);
}

/* masked(): whether interrupts are masked */
void xs_stator_masked(txMachine *the)
{
	return_boolean(the, stator_port_masked());
}

/* mask(on) */
void xs_stator_mask(txMachine *the)
{
	stator_port_interrupts(!fxToBoolean(the, mxArgv(0)));
}
