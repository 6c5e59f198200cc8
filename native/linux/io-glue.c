/*
 * The native functions behind `stator/io` (io.js): operations, buffers and what a task has in flight; files and sockets have files of
 * their own. Argument conversion around uring.h.
 */
#define _GNU_SOURCE
#include "xsAll.h"

#include "executor-here.h"
#include "io-glue.h"
#include "io-hooks.h"
#include "io-settings.h"
#include "machine.h"
#include "native-call.h"
#include "timer-arg.h"
#include "uring-state.h"

#include <errno.h>
#include <string.h>

int64_t io_wide(txMachine *the, int index)
{
	txSlot *slot = mxArgc > index ? mxArgv(index) : C_NULL;
	if (!slot || slot->kind == XS_UNDEFINED_KIND)
		return -1;
	if (slot->kind == XS_INTEGER_KIND)
		return slot->value.integer;
	txNumber number = fxToNumber(the, slot);
	if (!(number >= -1 && number <= C_MAX_SAFE_INTEGER))
		mxRangeError("io: a position is a whole number from 0");
	return (int64_t)number;
}

/* Whether the machine is a thread's, and the program has chosen that those do no I/O (M14). */
static bool computes_only(txMachine *the)
{
	return ((stator_machine *)the->context)->thread && stator_io_form() == STATOR_IO_NONE;
}

uring_operation *io_operation(txMachine *the)
{
	uring_operation *operation = uring_named((uint32_t)integer_or(the, 0, 0));
	if (!operation && computes_only(the))
		mxTypeError("stator/io: this executor has no ring, by run(root, { io: \"none\" }): files and sockets are the main thread's");
	if (!operation)
		mxTypeError("io: no operation of that number");
	return operation;
}

uring_operation *io_stored(txMachine *the)
{
	uring_operation *operation = io_operation(the);
	if (!operation->storage)
		mxTypeError("io: the operation was made without storage");
	return operation;
}

/* A Uint8Array over the ring's memory. */
static char *bytes_of(txMachine *the, txSlot *slot, uint32_t *size)
{
	txSlot *dispatch = slot->kind == XS_REFERENCE_KIND ? slot->value.reference->next : C_NULL;
	if (dispatch && dispatch->kind == XS_TYPED_ARRAY_KIND) {
		const txSlot *view = dispatch->next, *buffer = view->next;
		const txSlot *host = buffer->kind == XS_REFERENCE_KIND ? buffer->value.reference->next : C_NULL;
		if (host && host->kind == XS_HOST_KIND && view->value.dataView.size >= 0) {
			char *at = (char *)host->value.host.data + view->value.dataView.offset;
			*size = (uint32_t)view->value.dataView.size;
			if (uring_owns(at, *size))
				return at;
		}
	}
	mxTypeError("io: a buffer is made by ioBuffer(bytes), or comes from a receive: the engine would move others while the kernel writes to them");
	return C_NULL;
}

char *io_bytes(txMachine *the, int index, uint32_t *size)
{
	uint32_t whole;
	char *at = bytes_of(the, mxArgv(index), &whole);
	int64_t offset = io_wide(the, index + 1), length = io_wide(the, index + 2);
	if (offset < 0)
		offset = 0;
	if (length < 0)
		length = offset <= whole ? whole - offset : 0;
	if (offset + length > whole)
		mxRangeError("io: %d bytes from %d on, but the buffer has %u", (int)length, (int)offset, (unsigned)whole);
	*size = (uint32_t)length;
	return at + offset;
}

uint32_t io_vectors(txMachine *the, int index, struct iovec *vectors)
{
	txSlot *array = mxArgv(index)->kind == XS_REFERENCE_KIND ? mxArgv(index)->value.reference->next : C_NULL;
	if (!array || array->kind != XS_ARRAY_KIND)
		mxTypeError("io: an array of buffers is needed");
	uint32_t count = array->value.array.length;
	if (count > URING_VECTORS)
		mxRangeError("io: at most %d buffers in one operation, got %u", URING_VECTORS, (unsigned)count);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t size;
		vectors[i].iov_base = bytes_of(the, array->value.array.address + i, &size);
		vectors[i].iov_len = size;
	}
	return count;
}

int io_path(txMachine *the, int index, uring_operation *operation, int which)
{
	const char *text;
	size_t size;
	txSlot *slot = mxArgv(index);
	if (mxIsStringPrimitive(slot)) {
		text = slot->value.string;
		size = strlen(text);
		if (strstr(text, "\xC0\x80")) /* the engine's NUL */
			return -EINVAL;
	} else {
		uint32_t whole;
		mxPushSlot(slot);
		fxGetID(the, fxFindName(the, "bytes"));
		text = bytes_of(the, the->stack, &whole);
		mxPop();
		mxPushSlot(slot);
		fxGetID(the, mxID(_length));
		size = (size_t)fxToInteger(the, the->stack);
		mxPop();
		if (size > whole || memchr(text, 0, size))
			return -EINVAL;
	}
	if (size >= URING_PATH_BYTES)
		return -ENAMETOOLONG;
	memcpy(operation->storage->paths[which], text, size);
	operation->storage->paths[which][size] = 0;
	return 0;
}

int32_t io_own_file(txMachine *the, int32_t file)
{
	if (uring_is_direct(file) && uring_is_foreign(file))
		mxTypeError("stator/io: a direct descriptor is a place in the ring that opened it: no other executor can use it");
	return file;
}

void io_file(txMachine *the, int index, struct io_uring_sqe *sqe)
{
	uring_set_file(sqe, io_own_file(the, integer_or(the, index, 0)));
}

/* Makes the ring when it is first needed, and says why there is none. False: what only computes does without, until a task begins an
   operation; the module's waits and buffers are made in every machine. */
static bool open_ring(txMachine *the)
{
	if (EXECUTOR != &stator_main_executor && !((stator_machine *)the->context)->thread)
		mxTypeError("stator/io: a priority level does no I/O: it is not entered by completions");
	if (computes_only(the)) {
		if (!uring_open_none())
			mxRangeError("stator/io: no memory left; raise the threads' setting heapBytes");
		return false;
	}
	int status = uring_open(EXECUTOR);
	if (status == -ENOSYS && !uring_features())
		mxRangeError("stator/io: the setting ioEntries is 0, so this program has no ring; or the kernel has no io_uring");
	if (status == -EPERM || status == -EACCES)
		mxRangeError("stator/io: io_uring is not allowed here (%s): look at the sysctl kernel.io_uring_disabled and at the container's seccomp profile", strerror(-status));
	if (status)
		mxRangeError("stator/io: no io_uring: %s", strerror(-status));
	return true;
}

/* ioNew(stored): an operation's number; -1: the executor has no ring, which whoever begins one is told. INIT */
void xs_stator_io_new(txMachine *the)
{
	if (!open_ring(the)) {
		return_integer(the, -1);
		return;
	}
	uring_operation *operation = uring_operation_new(integer_or(the, 0, 0) != 0);
	if (!operation)
		mxRangeError("stator/io: no memory left for another operation; raise the setting heapBytes");
	return_integer(the, (int32_t)operation->number);
}

/* ioDelete(operation): -EBUSY: the kernel still has it */
void xs_stator_io_delete(txMachine *the)
{
	return_integer(the, uring_operation_delete(io_operation(the)));
}

/* ioPoll(operation, waker): HOT */
void xs_stator_io_poll(txMachine *the)
{
	return_integer(the, uring_poll(io_operation(the), EXECUTOR, integer_or(the, 1, 0)));
}

/* ioTake(operation): HOT */
void xs_stator_io_take(txMachine *the)
{
	return_integer(the, uring_take(io_operation(the)));
}

/* The result is that of the operation, if it has completed. */
static bool look(txMachine *the, uring_operation *operation)
{
	while (uring_poll(operation, EXECUTOR, integer_or(the, 1, 0)) != STATOR_PENDING) {
		int32_t result = uring_take(operation);
		if (!uring_goes_on(operation, &result)) {
			return_integer(the, result);
			return true;
		}
	}
	return false;
}

/* ioLook(operation, waker): what it completed with; undefined: it is under way. HOT */
void xs_stator_io_look(txMachine *the)
{
	look(the, io_operation(the));
}

void io_wait(txMachine *the, uring_operation *operation)
{
	stator_executor *executor = EXECUTOR;
	if (mxArgc <= IO_WAITS)
		return;
	stator_task_id waker = integer_arg(the, IO_WAITS);
	if (mxArgc > IO_WAITS + 1) {
		uint32_t number, ticks = (uint32_t)integer_arg(the, IO_WAITS + 2);
		stator_timer *timer = timer_arg(the, IO_WAITS + 1, &number);
		stator_timer_begin(executor, timer, number, ticks);
		stator_timer_look(executor, timer, number, waker);
	}
	if (uring_poll(operation, executor, waker) != STATOR_PENDING) /* it has ended without the kernel */
		stator_ready_wake(&executor->ready, waker);
}

/* ioLookUntil(operation, waker, timer): the same; null: the timer has fired, and the operation is given up. A value that is there at the
   last moment wins. HOT */
void xs_stator_io_look_until(txMachine *the)
{
	uring_operation *operation = io_operation(the);
	uint32_t number;
	stator_timer *timer = timer_arg(the, 2, &number);
	if (look(the, operation))
		stator_wheel_clear(EXECUTOR->timers, number);
	else if (stator_timer_look(EXECUTOR, timer, number, integer_or(the, 1, 0)) != STATOR_PENDING) {
		uring_drop(operation);
		mxResult->kind = XS_NULL_KIND;
	}
}

/* ioDrop(operation): also of an executor that only computes, where it could not be begun */
void xs_stator_io_drop(txMachine *the)
{
	if (!computes_only(the))
		uring_drop(io_operation(the));
}

/* ioCancel(operation): as ioDrop */
void xs_stator_io_cancel(txMachine *the)
{
	if (!computes_only(the))
		uring_cancel(io_operation(the));
}

/* ioState(operation) */
void xs_stator_io_state(txMachine *the)
{
	return_integer(the, uring_state(io_operation(the)));
}

/* ioResult(operation): of the last completion, taken or not */
void xs_stator_io_result(txMachine *the)
{
	return_integer(the, io_operation(the)->result);
}

void io_initiate(txMachine *the, uring_operation *operation)
{
	stator_executor *executor = EXECUTOR;
	if (executor->current < 0)
		mxTypeError("IoStatus: only a task can begin an operation");
	uring_initiate(operation, executor, stator_ready_id(&executor->ready, (uint32_t)executor->current));
	return_integer(the, uring_state(operation));
}

/* ioInitiate(operation): begins it for the task that is being polled; its state */
void xs_stator_io_initiate(txMachine *the)
{
	io_initiate(the, io_operation(the));
}

/* ioCompleted(task): HOT */
void xs_stator_io_completed(txMachine *the)
{
	return_integer(the, uring_completed(EXECUTOR, integer_or(the, 0, 0)));
}

/* ioEnd(task): how many operations the kernel still has of it */
void xs_stator_io_end(txMachine *the)
{
	return_integer(the, (int32_t)uring_end(EXECUTOR, integer_or(the, 0, 0)));
}

/* ioHold(task, outcome), ioHeld(task) */
void xs_stator_io_hold(txMachine *the)
{
	uring_slot_of(integer_or(the, 0, 0))->held = integer_or(the, 1, 0);
}

void xs_stator_io_held(txMachine *the)
{
	return_integer(the, uring_slot_of(integer_or(the, 0, 0))->held);
}

/* ioPriority(task, level): 0 first */
void xs_stator_io_priority(txMachine *the)
{
	if (open_ring(the))
		uring_slot_of(integer_or(the, 0, 0))->level = (uint8_t)(integer_or(the, 1, 0) + 1);
}

/* ioFeatures(): URING_HAS_ bits */
void xs_stator_io_features(txMachine *the)
{
	open_ring(the);
	return_integer(the, (int32_t)uring_features());
}

static void return_memory(txMachine *the, char *memory, uint32_t size)
{
	fxNewHostObject(the, C_NULL);
	fxSetHostBuffer(the, the->stack, memory, (txSize)size);
	mxPullSlot(mxResult);
}

/* ioMemory(bytes): a host buffer. INIT */
void xs_stator_io_memory(txMachine *the)
{
	open_ring(the);
	int64_t size = io_wide(the, 0);
	if (size < 1 || size > INT32_MAX)
		mxRangeError("ioBuffer: a size is 1 to 2147483647 bytes");
	char *memory = uring_memory((size_t)size);
	if (!memory)
		mxRangeError("ioBuffer: no room for %d bytes; raise the setting ioBufferBytes", (int)size);
	return_memory(the, memory, (uint32_t)size);
}

/* ioProvide(): makes the provided buffers; how many. INIT */
void xs_stator_io_provide(txMachine *the)
{
	int status = open_ring(the) ? uring_provide() : 0;
	if (status)
		mxRangeError("stator/io: %u provided buffers of %u bytes cannot be had (%s); look at the settings ioProvided and ioProvidedBytes",
			(unsigned)stator_io_settings.provided, (unsigned)stator_io_settings.provided_bytes, strerror(-status));
	return_integer(the, computes_only(the) ? 0 : (int32_t)stator_io_settings.provided);
}

/* ioProvidedMemory(index): a host buffer. INIT */
void xs_stator_io_provided_memory(txMachine *the)
{
	return_memory(the, uring_provided((uint32_t)integer_or(the, 0, 0)), stator_io_settings.provided_bytes);
}

/* ioProvidedOf(operation): the buffer of what was taken last; -1: none. HOT */
void xs_stator_io_provided_of(txMachine *the)
{
	uint32_t flags = io_operation(the)->flags;
	return_integer(the, flags & IORING_CQE_F_BUFFER ? (int32_t)(flags >> IORING_CQE_BUFFER_SHIFT) : -1);
}

/* ioProvidedRelease(index): -EINVAL: it was not out. HOT */
void xs_stator_io_provided_release(txMachine *the)
{
	return_integer(the, uring_provided_release((uint32_t)integer_or(the, 0, 0)) ? 0 : -EINVAL);
}

/* ioProvidedFree() */
void xs_stator_io_provided_free(txMachine *the)
{
	return_integer(the, (int32_t)uring_provided_free());
}

/* ioRegistered(bytes): the number under which the kernel has it; -1: it does not. */
void xs_stator_io_registered(txMachine *the)
{
	uint32_t size;
	return_integer(the, uring_registered(bytes_of(the, mxArgv(0), &size)));
}

/* ioText(to, offset, text): the bytes of a string; how many, -ENOBUFS when there is no room */
void xs_stator_io_text(txMachine *the)
{
	uint32_t size;
	char *to = bytes_of(the, mxArgv(0), &size);
	int64_t offset = io_wide(the, 1);
	txString text = fxToString(the, mxArgv(2));
	size_t length = strlen(text);
	if (offset < 0 || offset > size || length > (size_t)(size - offset)) {
		return_integer(the, -ENOBUFS);
		return;
	}
	memcpy(to + offset, text, length);
	return_integer(the, (int32_t)length);
}

/* ioArgument(index): of the command line, from 0; undefined behind the last. INIT */
void xs_stator_io_argument(txMachine *the)
{
	const char *text = linux_argument((uint32_t)integer_or(the, 0, 0));
	if (text)
		fxString(the, mxResult, (txString)text);
}

/* ioPollFile(operation, file, events): POLL bits. HOT */
void xs_stator_io_poll_file(txMachine *the)
{
	uring_operation *operation = io_operation(the);
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	io_uring_prep_poll_add(sqe, 0, (unsigned)integer_or(the, 2, 0));
	io_file(the, 1, sqe);
}

/* ioTimeout(operation, ms): completes with -ETIME. HOT */
void xs_stator_io_timeout(txMachine *the)
{
	uring_operation *operation = io_stored(the);
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	int64_t ms = io_wide(the, 1);
	if (ms < 0)
		mxRangeError("ioTimeout: a duration is 0 or more milliseconds");
	operation->storage->time = (struct __kernel_timespec){ .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
	io_uring_prep_timeout(sqe, &operation->storage->time, 0, 0);
}
