/* Faults between a ring and the kernel, of each thread its own (uring.h): what the kernel completes is held back, or is not done at all. */
#define _GNU_SOURCE
#include "xsAll.h"

#include "uring.h"

#include <errno.h>

enum { NONE, HOLD, DEVICE, QUEUE_FULL, SUBMIT_BUSY, NO_MEMORY };

static __thread int32_t fault, left, result;
static __thread uring_operation *held;

static bool now(int32_t which)
{
	if (fault != which || !left)
		return false;
	left--;
	return true;
}

static bool reads(const uring_operation *operation)
{
	return operation->sqe.opcode == IORING_OP_READ_FIXED || operation->sqe.opcode == IORING_OP_READ;
}

int32_t uring_fault(int where, uring_operation *operation, int32_t value)
{
	switch (where) {
	case URING_FAULT_BEGIN:
		return reads(operation) && now(DEVICE) ? -EIO : 0;
	case URING_FAULT_ENTRY:
		return now(QUEUE_FULL) ? 0 : value;
	case URING_FAULT_SUBMIT:
		return now(SUBMIT_BUSY) ? -EBUSY : now(NO_MEMORY) ? -ENOMEM : 0;
	case URING_FAULT_HOLD:
		if (!reads(operation) || !now(HOLD))
			return 0;
		held = operation;
		result = value;
		return 1;
	default:
		return value;
	}
}

/* For ThreadSanitizer: a descriptor that a ring opens or closes it does not see, and takes the next of that number for the same. */
const char *__tsan_default_suppressions(void)
{
	return "race:uring_close_file\n";
}

static void give(txMachine *the, int32_t value)
{
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = value;
}

/* inject(fault, times) */
void xs_inject(txMachine *the)
{
	fault = fxToInteger(the, mxArgv(0));
	left = fxToInteger(the, mxArgv(1));
}

/* completeHeld(): whether there was one. */
void xs_complete_held(txMachine *the)
{
	uring_operation *operation = held;
	held = NULL;
	if (operation)
		uring_complete(operation, result, 0);
	give(the, operation != NULL);
}

void xs_in_flight(txMachine *the)
{
	give(the, (int32_t)uring_in_flight());
}
