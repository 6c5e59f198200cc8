/* Holds back what the kernel completes, as a device that is slow would: the ring cannot tell the two apart. */
#define _GNU_SOURCE
#include "xsAll.h"

#include "uring.h"

static int32_t wanted, result;
static uring_operation *held;

int32_t uring_fault(int where, uring_operation *operation, int32_t value)
{
	if (where != URING_FAULT_HOLD)
		return value;
	bool reads = operation->sqe.opcode == IORING_OP_READ_FIXED || operation->sqe.opcode == IORING_OP_READ;
	if (!wanted || !reads)
		return 0;
	wanted--;
	held = operation;
	result = value;
	return 1;
}

static void give(txMachine *the, int32_t value)
{
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = value;
}

void xs_hold(txMachine *the)
{
	wanted = fxToInteger(the, mxArgv(0));
	held = NULL;
}

void xs_is_held(txMachine *the)
{
	give(the, held != NULL);
}

void xs_complete_held(txMachine *the)
{
	if (held)
		uring_complete(held, result, 0);
	held = NULL;
}

void xs_in_flight(txMachine *the)
{
	give(the, (int32_t)uring_in_flight());
}
