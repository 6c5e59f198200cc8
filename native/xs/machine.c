/*
 * Boot: machine, names, first module (machine.h).
 *
 * The engine's builtins are made in RAM here; their keys refer to the strings in flash. The program's names are
 * registered in the order in which stator-xsc numbered them: the bytecode in flash already carries these numbers,
 * so a difference would make it mean something else, and is checked.
 */
#include "xsAll.h"

#include "format.h"
#include "heap.h"
#include "machine.h"
#include "port.h"
#include "position.h"
#include "settings.h"
#include "stator-program.h"

stator_executor stator_main_executor;

static txMachine *machine;

/* Engine hook: the engine's own names and symbols, kept where they are (the stock function copies them). */
void fxBuildKeys(txMachine *the)
{
	int i = 0;
	for (; i < XS_SYMBOL_ID_COUNT; i++) {
		txID id = the->keyIndex;
		txSlot *description = fxNewSlot(the);
		description->kind = XS_STRING_X_KIND;
		description->value.string = (txString)gxIDStrings[i];
		the->keyArray[id] = description;
		the->keyIndex++;
	}
	for (; i < XS_ID_COUNT; i++)
		fxNewNameX(the, (txString)gxIDStrings[i]);
}

void fxCreateMachinePlatform(txMachine *the)
{
	the->context = &stator_main_executor;
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

/* Counts collections: the engine calls a host object's marker once in each. */
static void count_collection(txMachine *the, void *data, txMarkRoot mark)
{
	stator_executor *executor = data;
	(void)the;
	(void)mark;
	executor->collections++;
}

static const txHostHooks collection_hooks = { NULL, count_collection, NULL };

static void watch_collections(txMachine *the)
{
	fxNewHostObject(the, NULL);
	fxSetHostData(the, the->stack, the->context);
	fxSetHostHooks(the, the->stack, &collection_hooks);
	/* stays on the stack: the machine's first frame never ends */
}

static void register_names(txMachine *the)
{
	const stator_program *program = &stator_the_program;
	if (program->first_name != XS_ID_COUNT || program->engine[0] != XS_MAJOR_VERSION || program->engine[1] != XS_MINOR_VERSION) {
		stator_print("stator: the program was compiled for XS %d.%d with %u names, this is XS %d.%d with %d: build it again",
			program->engine[0], program->engine[1], (unsigned)program->first_name, XS_MAJOR_VERSION, XS_MINOR_VERSION, XS_ID_COUNT);
		stator_port_exit(2);
	}
	for (uint32_t i = 0; i < program->name_count; i++) {
		txID id = fxNewNameX(the, (txString)program->names[i]);
		if (id != program->first_name + i) {
			stator_print("stator: name %u, \"%s\", has ID %u: build the program again", (unsigned)i, program->names[i], id);
			stator_port_exit(2);
		}
	}
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
		.initialKeyCount = (txSize)(XS_ID_COUNT + stator_the_program.name_count + stator_settings.spare_keys),
		.incrementalKeyCount = 0,
		.nameModulo = 127,
		.symbolModulo = 31,
	};
	int status = 0;
	stator_heap_init();
	txMachine *the = machine = fxCreateMachine(&creation, "stator", &stator_main_executor, XS_NO_ID);
	if (!the) {
		stator_print("stator: no machine: the pool of %u bytes is too small; raise the setting poolBytes", (unsigned)stator_settings.pool_bytes);
		return 2;
	}
	the->stackLimit = stator_port_stack_limit();
	the = fxBeginHost(the);
	watch_collections(the);
	register_names(the);
	volatile int failed = 0;
	mxTry(the) {
		mxPushStringX((txString)stator_the_program.modules[0].name);
		fxAwaitImport(the, XS_IMPORT_NAMESPACE);
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
