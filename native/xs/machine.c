/*
 * Boot: machine, first module (machine.h).
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
#include "rom.h"
#include "settings.h"
#include "stator-cycles.h"

stator_executor stator_main_executor;

static txMachine *machine;

void fxCreateMachinePlatform(txMachine *the)
{
	the->context = &stator_main_executor;
	stator_main_executor.accounts.stamp = stator_cycles_read(); /* awake since now */
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
	stator_rom_visit(the, mark);
}

static void on_sweep(txMachine *the, void *data, txSweepRoot sweep)
{
	(void)data;
	stator_rom_visit(the, sweep);
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

static void report_exception(txMachine *the)
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

int stator_machine_run(void)
{
	txCreation creation = {
		.initialChunkSize = (txSize)stator_settings.initial_chunk_bytes,
		.incrementalChunkSize = 1024,
		.initialHeapCount = (txSize)stator_settings.initial_slots,
		.incrementalHeapCount = 128,
		.stackCount = (txSize)stator_settings.stack_slots,
		.initialKeyCount = (txSize)stator_settings.spare_keys,
		.incrementalKeyCount = 0,
		.nameModulo = STATOR_NAME_MODULO,
		.symbolModulo = STATOR_SYMBOL_MODULO,
	};
	int status = 0;
	stator_heap_init();
	check_engine();
	txMachine *the = machine = stator_rom_machine(&creation, &stator_main_executor);
	if (!the) {
		stator_print("stator: no machine: the pool of %u bytes is too small; raise the setting poolBytes", (unsigned)stator_settings.pool_bytes);
		return 2;
	}
	the->stackLimit = stator_port_stack_limit();
	the = fxBeginHost(the);
	watch_collections(the);
	volatile int failed = 0;
	mxTry(the) {
		stator_rom_run(the);
	}
	mxCatch(the) {
		failed = 1;
		report_exception(the);
	}
	status = failed;
	return status;
}

void stator_machine_summary(void)
{
	const stator_executor *executor = &stator_main_executor;
	stator_pool_info pool = stator_pool_stat();
	uint32_t block = (uint32_t)stator_heap_size(), block_free = (uint32_t)stator_heap_free();
	stator_print("stator: polls %u, wakes %u, sleeps %u", (unsigned)executor->polls, (unsigned)executor->ready.wakes, (unsigned)executor->sleeps);
	stator_print("stator: RAM %u bytes: %u static (pool: %u of %u used), %u machine (slots: %u of %u, chunks: %u of %u), %u left",
		(unsigned)(stator_port_ram_bytes() + block - block_free), (unsigned)stator_port_ram_bytes(), (unsigned)pool.peak, (unsigned)pool.size,
		(unsigned)(block - block_free), (unsigned)((unsigned)machine->currentHeapCount * sizeof(txSlot)),
		(unsigned)((unsigned)machine->maximumHeapCount * sizeof(txSlot)), (unsigned)machine->currentChunksSize,
		(unsigned)machine->maximumChunksSize, (unsigned)block_free);
	stator_print("stator: flash %u bytes", (unsigned)stator_port_flash_bytes());
	stator_print("stator: heap growth since start-up %d slots, %d bytes; collections %u",
		(int)(machine->currentHeapCount - executor->start_slots), (int)(machine->currentChunksSize - executor->start_bytes),
		(unsigned)(executor->collections - executor->start_collections));
}
