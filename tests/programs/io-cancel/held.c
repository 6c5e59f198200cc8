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
	int32_t kind = operation->sqe.opcode == IORING_OP_READ_FIXED || operation->sqe.opcode == IORING_OP_READ ? 1 : operation->sqe.opcode == IORING_OP_OPENAT2 ? 2 : 0;
	if (!wanted || kind != wanted)
		return 0;
	wanted = 0;
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

/* How many operations there are: a new one gets the next number, or one that was given back. */
void xs_operations(txMachine *the)
{
	uring_operation *operation = uring_operation_new(true);
	give(the, (int32_t)operation->number);
	uring_operation_delete(operation);
}

void xs_in_flight(txMachine *the)
{
	give(the, (int32_t)uring_in_flight());
}
