/*
 * The native functions behind `stator/smp` (manage.js): texts as bytes without a string being made, bytes to the console in one piece,
 * and what the machine has of memory. A byte array may move when the engine collects, so its address is used within one call alone.
 */
#include "xsAll.h"
#include "xsmc.h"

#include "executor-here.h"
#include "machine.h"
#include "native-call.h"
#include "port.h"
#include "record-hooks.h"

#include <errno.h>

#define MACHINE ((stator_machine *)the->context)

/* The bytes of argument `array` from the number in argument `from` to that behind it, which the array has. */
static char *span(txMachine *the, int array, int from, uint32_t *count, bool writable)
{
	void *address;
	txUnsigned size = 0;
	uint32_t start = (uint32_t)integer_arg(the, from), end = (uint32_t)integer_arg(the, from + 1);
	_xsmcGetBuffer(the, mxArgv(array), &address, &size, writable);
	if (start > end || end > size)
		mxRangeError("bytes %u to %u of an array of %u", (unsigned)start, (unsigned)end, (unsigned)size);
	*count = end - start;
	return (char *)address + start;
}

/* writeBytes(bytes, start, end): to the console, as they are. HOT */
void xs_stator_write_bytes(txMachine *the)
{
	uint32_t count;
	const char *bytes = span(the, 0, 1, &count, false);
	hook_told(bytes, count);
	stator_port_write_raw(bytes, count);
}

/* copyText(text, bytes, at, end): how many bytes the text has; -1: there is no room for them. HOT */
void xs_stator_copy_text(txMachine *the)
{
	uint32_t room;
	txString text = fxToString(the, mxArgv(0));
	size_t length = c_strlen(text);
	char *bytes = span(the, 1, 2, &room, true);
	if (length <= room)
		c_memcpy(bytes, text, length);
	return_integer(the, length <= room ? (txInteger)length : -1);
}

/* isText(text, bytes, start, end) HOT */
void xs_stator_is_text(txMachine *the)
{
	uint32_t count;
	txString text = fxToString(the, mxArgv(0));
	const char *bytes = span(the, 1, 2, &count, false);
	return_boolean(the, c_strlen(text) == count && !c_memcmp(text, bytes, count));
}

/* memory(which): in the order of hal.ts's MEMORY_. */
void xs_stator_memory(txMachine *the)
{
	uint32_t used = 0, size = 0, which = (uint32_t)integer_arg(the, 0);
	stator_port_stack(&used, &size);
	const int32_t values[] = {
		(int32_t)the->maximumHeapCount,
		(int32_t)the->currentHeapCount,
		(int32_t)the->peakHeapCount,
		(int32_t)sizeof(txSlot),
		(int32_t)the->maximumChunksSize,
		(int32_t)the->currentChunksSize,
		(int32_t)the->peakChunksSize,
		(int32_t)stator_block_size(&MACHINE->block),
		(int32_t)stator_block_free(&MACHINE->block),
		(int32_t)size,
		(int32_t)used,
	};
	return_integer(the, hook_outside(STATOR_RECORD_COUNTER, which < sizeof values / sizeof *values ? values[which] : -EINVAL));
}

/* isReady(slot): whether it is to be polled, in this round or the next */
void xs_stator_is_ready(txMachine *the)
{
	const stator_ready *set = &EXECUTOR->ready;
	uint32_t slot = (uint32_t)integer_arg(the, 0);
	return_boolean(the, slot < set->slots && ((set->ready[slot / 32] | set->taken[slot / 32]) >> slot % 32 & 1));
}

/* restart(): the program begins anew */
void xs_stator_restart(txMachine *the)
{
	stator_port_restart();
}
