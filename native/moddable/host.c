/* The executor inside the loop (host.h): the engine's side of it. */
#include "xsAll.h"

#include "accounting.h"
#include "executor-here.h"
#include "format.h"
#include "heap.h"
#include "levels.h"
#include "machine.h"
#include "masked-poll.h"
#include "port.h"
#include "position.h"

stator_host_state stator_host = { .executor = { .current = -1 } };

enum { POLLS, SETTLE, ATTEND, SERVED };

/* The program's tables and functions: roots of the machine. */
static txSlot served[SERVED];

/* A host object that the engine's collector looks at once in each collection. */
static void on_mark(txMachine *the, void *data, txMarkRoot mark)
{
	(void)the;
	(void)data;
	(void)mark;
	stator_host.executor.collections++;
}

/* The third hook is null: XS 17 takes it for the name that data is checked by. */
static const txHostHooks hooks = { NULL, on_mark, NULL };

static txSlot counter;

static void count_collections(txMachine *the)
{
	fxNewHostObject(the, NULL);
	fxSetHostData(the, the->stack, &stator_host);
	fxSetHostHooks(the, the->stack, &hooks);
	counter = *the->stack;
	fxRemember(the, &counter);
	mxPop();
}

static void remember(txMachine *the, txSlot *root, const txSlot *value)
{
	root->kind = value->kind;
	root->value = value->value;
	fxRemember(the, root);
}

/*
 * An object that was preloaded lies in flash until it is first written to, and in RAM from then on; references to it stay as they are. The
 * table of poll functions is such an object where the library is preloaded. A round reads it as it is: nothing is polled
 * before something was written there.
 */
static void follow(const txMachine *the, txSlot *root)
{
	const txID preloaded = root->value.reference->ID;
	if (preloaded && the->aliasArray[preloaded])
		root->value.reference = the->aliasArray[preloaded];
}

void stator_enter_poll(txMachine *the, txSlot *generator, txInteger count)
{
	fxRunID(the, generator, count);
}

void stator_host_rounds(uint32_t polls)
{
	fxBeginHost(stator_host.the);
	txMachine *the = stator_host.the;
	follow(the, served + POLLS);
	for (uint32_t outcome; (outcome = stator_round(the, served + POLLS, served + SETTLE, polls, false)) != 0;) {
		uint32_t done = outcome >> STATOR_DUE_BITS;
		if (!done)
			stator_attend(the, served + ATTEND, outcome);
		else if (done >= polls)
			break;
		else
			polls -= done;
	}
	fxEndHost(the);
	charge_other(&stator_host.executor);
}

/* At the first run, from whatever it was called. The tables are for debuggers and traces, which the SDK has of its own. */
void stator_machine_tables(txMachine *the, const txSlot *polls, const txSlot *states, const txSlot *pools, const txSlot *handles)
{
	(void)polls, (void)states, (void)pools, (void)handles;
	stator_host.the = the;
	if (!stator_host_open())
		mxRangeError("run: no memory for a timer of the event loop");
	count_collections(the);
}

/* host(polls, settle, attend): the loop goes on with these. INIT */
void xs_stator_host(txMachine *the)
{
	for (int i = 0; i < SERVED; i++)
		remember(the, served + i, mxArgv(i));
	stator_host.begun = true;
	stator_port_pend(&stator_host.executor);
}

/* hostEnded(failed): no task is left. The loop goes on with what else the program has. */
void xs_stator_host_ended(txMachine *the)
{
	stator_host.ended = true;
	stator_host.status = mxArgv(0)->kind == XS_BOOLEAN_KIND && mxArgv(0)->value.boolean;
}

/* Where something was thrown, the SDK's debugger says. */
void stator_print_positions(txMachine *the, const txSlot *exception)
{
	(void)the, (void)exception;
}

void stator_host_summary(void)
{
	const stator_executor *executor = &stator_host.executor;
	const txMachine *the = stator_host.the;
	stator_print("stator: polls %u, wakes %u, sleeps %u", (unsigned)executor->polls, (unsigned)executor->ready.wakes, (unsigned)executor->sleeps);
	if (!the)
		return;
	stator_print("stator: heap growth since start-up %d slots, %d bytes; collections %u", (int)(the->currentHeapCount - executor->start_slots),
		(int)(the->currentChunksSize - executor->start_bytes), (unsigned)(executor->collections - executor->start_collections));
}
