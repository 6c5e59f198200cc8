/* Faults between the ring and the kernel, by the number that the program sets (uring.h). */
#define _GNU_SOURCE
#include "xsAll.h"

#include "uring-state.h"

#include <errno.h>

enum { NONE, NO_SPACE, DEVICE, SHORT, INTERRUPTED, AGAIN, QUEUE_FULL, SUBMIT_BUSY, SUBMIT_AGAIN, SUBMIT_INTERRUPTED, NO_MEMORY, ORDER, NO_BUFFERS };

static int32_t fault, left;
static int32_t order[32], ordered, overflows;

static int32_t opcode(const uring_operation *operation)
{
	return operation->sqe.opcode;
}

static bool moves(const uring_operation *operation)
{
	int32_t code = opcode(operation);
	return code == IORING_OP_READ_FIXED || code == IORING_OP_WRITE_FIXED || code == IORING_OP_SEND || code == IORING_OP_RECV;
}

/* Whatever a file or a socket is asked for. */
static bool works(const uring_operation *operation)
{
	switch (opcode(operation)) {
	case IORING_OP_NOP:
	case IORING_OP_TIMEOUT:
	case IORING_OP_ASYNC_CANCEL:
	case IORING_OP_POLL_ADD:
	case IORING_OP_CLOSE:
		return false;
	default:
		return true;
	}
}

/* As many times as the program has asked for. */
static bool now(int32_t which)
{
	if (fault != which || !left)
		return false;
	left--;
	return true;
}

int32_t uring_fault(int where, uring_operation *operation, int32_t value)
{
	switch (where) {
	case URING_FAULT_BEGIN:
		if (works(operation)) {
			if (now(NO_SPACE))
				return -ENOSPC;
			if (now(DEVICE))
				return -EIO;
			if (now(INTERRUPTED))
				return -EINTR;
			if (now(AGAIN))
				return -EAGAIN;
			if (now(NO_BUFFERS))
				return -ENOBUFS;
		}
		if (moves(operation)) {
			if (operation->sqe.len > 1 && now(SHORT))
				operation->sqe.len /= 2;
			if (fault == ORDER && ordered < 32)
				order[ordered++] = operation->level << 16 | operation->sqe.ioprio;
		}
		return 0;
	case URING_FAULT_ENTRY:
		return now(QUEUE_FULL) ? 0 : value;
	case URING_FAULT_SUBMIT:
		/* The kernel keeps completions for which its queue had no room. */
		if (__atomic_load_n(uring->kernel->sq.kflags, __ATOMIC_RELAXED) & IORING_SQ_CQ_OVERFLOW)
			overflows++;
		return now(SUBMIT_BUSY) ? -EBUSY : now(SUBMIT_AGAIN) ? -EAGAIN : now(SUBMIT_INTERRUPTED) ? -EINTR : now(NO_MEMORY) ? -ENOMEM : 0;
	case URING_FAULT_LIMIT:
		return 1 << 20; /* none: completions may overflow the queue */
	case URING_FAULT_HOLD:
		return 0;
	default:
		return value;
	}
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
	ordered = 0;
}

/* How often it has not happened. */
void xs_left(txMachine *the)
{
	give(the, left);
}

/* Whether the completion queue has overflowed. */
void xs_overflowed(txMachine *the)
{
	give(the, overflows > 0);
}

/* In what order entries were filled: level << 16 | ioprio. */
void xs_order(txMachine *the)
{
	int32_t index = fxToInteger(the, mxArgv(0));
	give(the, index < ordered ? order[index] : -1);
}
