/*
 * What happens when the engine cannot go on: a report on the console of what ran out, how much was asked for, what
 * the sizes were and which setting to change; then the platform's end (a board halts or resets, a host exits).
 */
#include "xsAll.h"

#include "format.h"
#include "heap.h"
#include "machine.h"
#include "port.h"
#include "position.h"
#include "settings.h"

static STATOR_THREAD_LOCAL enum stator_out out;
static STATOR_THREAD_LOCAL size_t out_asked;

void stator_out_of(txMachine *the, enum stator_out what, size_t asked)
{
	(void)the;
	out = what;
	out_asked = asked;
}

/* A level has settings of its own, and so have threads. */
static const char *whose(txMachine *the)
{
	const stator_machine *machine = the->context;
	return machine == stator_machines ? "" : machine->thread ? "threads' " : "level's ";
}

static void report_memory(txMachine *the)
{
	const stator_machine *machine = the->context;
	unsigned size = (unsigned)stator_block_size(&machine->block), rest = (unsigned)stator_block_free(&machine->block), asked = (unsigned)out_asked;
	stator_pool_info pool = stator_pool_stat();
	switch (out) {
	case STATOR_OUT_OF_CHUNKS:
	case STATOR_OUT_OF_SLOTS:
		stator_print("stator: out of memory for %s: asked for %u bytes, %u free of the machine's block of %u bytes, %u short",
			out == STATOR_OUT_OF_SLOTS ? "slots" : "chunks", asked, rest, size, asked - rest);
		stator_print("  slots: %u bytes in use of %u; chunks: %u bytes in use of %u",
			(unsigned)((unsigned)the->currentHeapCount * sizeof(txSlot)), (unsigned)((unsigned)the->maximumHeapCount * sizeof(txSlot)),
			(unsigned)the->currentChunksSize, (unsigned)the->maximumChunksSize);
		stator_print("  what to do: %s", machine->thread ? "raise the threads' setting heapBytes (settings.threads in the manifest)"
			: machine != stator_machines ? "raise the level's setting heapBytes" : stator_settings.heap_bytes
			? "raise the setting heapBytes"
			: "the block is all RAM that the program leaves: lower stackSlots or poolBytes, use smaller pools and buffers, or a board with more RAM");
		break;
	case STATOR_OUT_OF_POOL:
		stator_print("stator: out of memory in the pool behind c_malloc: asked for %u bytes, %u in use of %u", asked, (unsigned)pool.used, (unsigned)pool.size);
		stator_print("  what to do: raise the %ssetting poolBytes (each try block entered takes %u bytes)", whose(the), (unsigned)sizeof(txJump));
		break;
	default:
		stator_print("stator: out of memory");
	}
}

static STATOR_THREAD_LOCAL void *left_out_from;

/* Stands in for everything that stripping has left out (stripped.c); the address is where it was called from. */
void stator_report_left_out(void *from)
{
	left_out_from = from;
	fxAbort(NULL, XS_DEAD_STRIP_EXIT);
}

/* The engine checks two stacks: its own, of slots, and C's. */
static void report_stack(txMachine *the)
{
	unsigned slots = (unsigned)(the->stackTop - the->stack), all = (unsigned)(the->stackTop - the->stackBottom);
	bool of_c = (char *)__builtin_frame_address(0) < the->stackLimit;
	uint32_t used, size;
	stator_port_stack(&used, &size);
	if (size)
		stator_print("stator: %s stack overflow: %u slots of %u in use on the XS stack, %u bytes of %u on the C stack",
			of_c ? "C" : "XS", slots, all, (unsigned)used, (unsigned)size);
	else
		stator_print("stator: %s stack overflow: %u slots of %u in use on the XS stack", of_c ? "C" : "XS", slots, all);
	if (of_c)
		stator_machine_print_stack(the->context, __builtin_frame_address(0));
	stator_print("  what to do: look for endless recursion, or raise the %ssetting %s", whose(the), of_c ? "cStackBytes" : "stackSlots");
}

static uint32_t spare_keys(txMachine *the)
{
	return the->context == stator_machines ? stator_settings.spare_keys : stator_places[stator_machine_number(the->context)].spare_keys;
}

void fxAbort(txMachine *the, int status)
{
	if (stator_levels_end) /* no level comes in between: the report is one piece, on a stack that may have no room for it */
		stator_levels_end();
	const stator_machine *machine = the ? the->context : stator_current; /* what was left out is called from anywhere */
	if (machine != stator_machines)
		stator_print(machine->thread ? "stator: in %s:" : "stator: in level \"%s\":", stator_places[stator_machine_number(machine)].name);
	switch (status) {
	case XS_NOT_ENOUGH_MEMORY_EXIT:
		report_memory(the);
		stator_print_where(the);
		break;
	case XS_STACK_OVERFLOW_EXIT:
		report_stack(the);
		stator_print_where(the);
		break;
	case XS_NO_MORE_KEYS_EXIT:
		stator_print("stator: out of names: all %u are in use, %u of them the engine's and the program's own", (unsigned)the->keyCount, (unsigned)the->keyCount - (unsigned)spare_keys(the));
		stator_print("  what to do: do not make property names at run time, or raise the %ssetting spareKeys", whose(the));
		stator_print_where(the);
		break;
	case XS_UNHANDLED_EXCEPTION_EXIT:
	case XS_UNHANDLED_REJECTION_EXIT:
		stator_print("stator: %s", status == XS_UNHANDLED_EXCEPTION_EXIT ? "exception that nothing caught" : "promise rejected and nothing caught it");
		if (the->stackTop && mxException.kind != XS_UNDEFINED_KIND) {
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
		break;
	case XS_DEAD_STRIP_EXIT:
		stator_print("stator: a part of the engine that stripping has left out was called, from %p", left_out_from);
		stator_print("  what to do: build with --no-strip (setting strip: false), and report the program: stripping must not leave out what can be reached");
		break;
	default:
		stator_print("stator: the engine ended, status %d", status);
	}
	stator_port_flush();
	stator_port_exit(status ? 64 + status : 0);
}
