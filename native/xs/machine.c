/*
 * Boot: machine in thread mode, first module (machine.h). Machines of priority levels: levels.c.
 *
 * The builtins and the program's names come from rom.h: the bytecode in flash carries the names' numbers already, so a
 * difference would make it mean something else.
 */
#include "xsAll.h"

#include "format.h"
#include "heap.h"
#include "machine.h"
#include "port.h"
#include "position.h"
#include "probe.h"
#include "rom.h"
#include "settings.h"
#include "stator-cycles.h"
#include "stator-memory.h"

STATOR_THREAD_LOCAL stator_machine *stator_current = stator_machines;

void fxCreateMachinePlatform(txMachine *the)
{
	(void)the; /* its context comes with stator_rom_machine */
}

void fxDeleteMachinePlatform(txMachine *the)
{
	(void)the;
}

/* Engine hook: a promise job was queued; the executor runs the jobs before its next round. */
void fxQueuePromiseJobs(txMachine *the)
{
	stator_due(the->context, STATOR_DUE_JOBS);
}

/* The engine calls a host object's marker and sweeper once in each collection. */
static void on_mark(txMachine *the, void *data, txMarkRoot mark)
{
	stator_executor *executor = data;
	executor->collections++;
	stator_memory_marked(the);
	stator_rom_visit(stator_machine_number((stator_machine *)executor), the, mark, true);
}

static void on_sweep(txMachine *the, void *data, txSweepRoot sweep)
{
	stator_memory_swept(the);
	stator_rom_visit(stator_machine_number(data), the, sweep, false);
}

static const txHostHooks collection_hooks = { NULL, on_mark, on_sweep };

static void watch_collections(txMachine *the)
{
	fxNewHostObject(the, NULL);
	fxSetHostData(the, the->stack, the->context);
	fxSetHostHooks(the, the->stack, &collection_hooks);
	/* stays on the stack: the machine's first frame never ends */
}

static void check_engine(void)
{
	const stator_program *program = &stator_the_program;
	if (program->first_name == XS_ID_COUNT && program->engine[0] == XS_MAJOR_VERSION && program->engine[1] == XS_MINOR_VERSION)
		return;
	stator_print("stator: the program was compiled for XS %d.%d with %u names, this is XS %d.%d with %d: build it again",
		program->engine[0], program->engine[1], (unsigned)program->first_name, XS_MAJOR_VERSION, XS_MINOR_VERSION, XS_ID_COUNT);
	stator_port_exit(2);
}

void stator_machine_report_exception(txMachine *the)
{
	stator_print("stator: uncaught exception in the first module:");
	mxTry(the) {
		mxPush(mxException);
		txSlot exception = *the->stack;
		stator_print("  %s", fxToString(the, the->stack));
		stator_print_positions(the, &exception);
		mxPop();
	}
	mxCatch(the) {
		stator_print("  (the exception cannot be shown as a string)");
	}
}

static bool preempts(const stator_machine *machine, const stator_machine *other)
{
	return machine != stator_machines && (other == stator_machines || machine->priority < other->priority);
}

/*
 * All machines are on one C stack, each on top of what it has preempted. So that one that goes too deep is told so, and not who
 * preempts it then, each ends above the room that the more urgent ones keep.
 */
static void share_c_stack(stator_machine *machine)
{
	for (uint32_t i = 0; i < stator_machine_count && !machine->thread; i++) { /* a thread has one of its own */
		stator_machine *other = &stator_machines[i];
		if (other->the && preempts(other, machine))
			machine->the->stackLimit += stator_places[i].c_stack_bytes;
		else if (other->the && preempts(machine, other))
			other->the->stackLimit += stator_places[stator_machine_number(machine)].c_stack_bytes;
	}
}

txMachine *stator_machine_make(stator_machine *machine, uint32_t stack_slots, uint32_t slots, uint32_t slots_more, uint32_t chunk_bytes, uint32_t spare_keys)
{
	txCreation creation = {
		.initialChunkSize = (txSize)chunk_bytes,
		.incrementalChunkSize = machine == stator_machines || machine->thread ? 1024 : 128,
		.initialHeapCount = (txSize)slots,
		.incrementalHeapCount = (txSize)slots_more,
		.stackCount = (txSize)stack_slots,
		.initialKeyCount = (txSize)spare_keys,
		.incrementalKeyCount = 0,
		.nameModulo = STATOR_NAME_MODULO,
		.symbolModulo = STATOR_SYMBOL_MODULO,
	};
	machine->executor.accounts.stamp = stator_cycles_read(); /* awake since now */
	machine->executor.current = -1;
	txMachine *the = machine->the = stator_rom_machine(stator_machine_number(machine), &creation, machine);
	if (!the)
		return NULL;
	the->stackLimit = stator_port_stack_limit();
	share_c_stack(machine);
	if (machine == stator_machines)
		stator_probe_begin(the);
	fxBeginHost(the);
	watch_collections(the);
	return the;
}

static const txSlot *instance_of(const txSlot *slot)
{
	return slot->kind == XS_REFERENCE_KIND ? slot->value.reference : NULL;
}

void stator_machine_tables(txMachine *the, const txSlot *polls, const txSlot *states, const txSlot *pools, const txSlot *handles)
{
	stator_executor *executor = the->context;
	executor->roots = (stator_roots){ the, instance_of(polls), instance_of(states), instance_of(pools), instance_of(handles) };
}

int stator_machine_run(void)
{
	stator_machine *machine = stator_machines;
	stator_block_init(&machine->block, stator_block_begin(), stator_block_end());
	machine->pool = stator_pool_current; /* before any level is entered: it comes back to this one */
	check_engine();
	if (stator_boot_levels)
		stator_boot_levels();
	txMachine *the = stator_machine_make(machine, stator_settings.stack_slots, stator_settings.initial_slots, 128,
		stator_settings.initial_chunk_bytes, stator_settings.spare_keys);
	if (!the) {
		stator_print("stator: no machine: the pool of %u bytes is too small; raise the setting poolBytes", (unsigned)stator_settings.pool_bytes);
		return 2;
	}
	volatile int failed = 0;
	mxTry(the) {
		stator_rom_run(0, the);
	}
	mxCatch(the) {
		failed = 1;
		stator_machine_report_exception(the);
	}
	if (stator_levels_end)
		stator_levels_end();
	return failed;
}

void stator_machine_print_stack(const stator_machine *machine, const void *stack)
{
	const stator_place *place = &stator_places[stator_machine_number(machine)];
	int own = (int)(machine->entered_at - (const char *)stack);
	if (machine == stator_machines || machine->thread || !machine->entered_at)
		return;
	if (own < 0)
		stator_print("  level \"%s\" was running", place->name);
	else
		stator_print("  level \"%s\" was running: %d bytes of the C stack are its own, %u are kept for it (cStackBytes in its settings)", place->name, own,
			(unsigned)place->c_stack_bytes);
}

void stator_machine_where(const void *stack)
{
	if (!stator_current->the)
		return;
	stator_machine_print_stack(stator_current, stack);
	stator_print_where(stator_current->the);
}

void stator_machine_summary(void)
{
	const stator_machine *main_machine = stator_machines;
	const stator_executor *executor = &main_machine->executor;
	const txMachine *machine = main_machine->the;
	const stator_pool_info *pool = main_machine->pool;
	uint32_t block = (uint32_t)stator_block_size(&main_machine->block), block_free = (uint32_t)stator_block_free(&main_machine->block);
	stator_probe_ended(main_machine->the);
	stator_print("stator: polls %u, wakes %u, sleeps %u", (unsigned)executor->polls, (unsigned)executor->ready.wakes, (unsigned)executor->sleeps);
	stator_print("stator: RAM %u bytes: %u static (pool: %u of %u used), %u machine (slots: %u of %u, chunks: %u of %u), %u left",
		(unsigned)(stator_port_ram_bytes() + block - block_free), (unsigned)stator_port_ram_bytes(), (unsigned)pool->peak, (unsigned)pool->size,
		(unsigned)(block - block_free), (unsigned)((unsigned)machine->currentHeapCount * sizeof(txSlot)),
		(unsigned)((unsigned)machine->maximumHeapCount * sizeof(txSlot)), (unsigned)machine->currentChunksSize,
		(unsigned)machine->maximumChunksSize, (unsigned)block_free);
	stator_print("stator: flash %u bytes", (unsigned)stator_port_flash_bytes());
	stator_print("stator: heap growth since start-up %d slots, %d bytes; collections %u",
		(int)(machine->currentHeapCount - executor->start_slots), (int)(machine->currentChunksSize - executor->start_bytes),
		(unsigned)(executor->collections - executor->start_collections));
	if (stator_levels_summary)
		stator_levels_summary();
}
