/* What the kernel has completed (uring.h): where its results go. */
#define _GNU_SOURCE
#include "record-hooks.h"
#include "uring-record.h"
#include "uring-state.h"

#include <errno.h>
#include <unistd.h>

static void wake(uring_operation *operation)
{
	if (operation->owner >= 0)
		stator_ready_wake(&operation->executor->ready, operation->owner);
}

/* What nobody takes: a descriptor is closed, a buffer is given back. */
void uring_dispose(uint32_t marks, bool direct, int32_t result, uint32_t flags)
{
	if (flags & IORING_CQE_F_BUFFER)
		uring_provided_release(flags >> IORING_CQE_BUFFER_SHIFT);
	else if (marks & URING_MAKES_FD && result >= 0)
		uring_close_file(direct ? uring_direct(result) : result);
}

/* An operation that was given up is the kernel's no more. */
static void reaped(uring_operation *operation)
{
	if (operation->marks & URING_AGAIN) {
		uint32_t marks = operation->marks;
		operation->marks &= (uint16_t)~(URING_AGAIN | URING_POLLED);
		if (marks & URING_POLLED)
			uring_enqueue(operation);
		else {
			uring_disown(operation);
			operation->state = URING_STARTED;
		}
		return;
	}
	uring_disown(operation);
	operation->state = URING_IDLE;
	wake(operation); /* its task may wait for nothing else any more */
}

void uring_finish(uring_operation *operation, int32_t result, uint32_t flags)
{
	uring_disown(operation);
	operation->result = result;
	operation->flags = flags;
	operation->state = URING_DONE;
	if (operation->marks & URING_STATUS) {
		uring_slot *slot = uring_slot_of(operation->owner);
		operation->owner_next = NULL;
		operation->owner_previous = slot->last;
		if (slot->last)
			slot->last->owner_next = operation;
		else
			slot->completed = operation;
		slot->last = operation;
	}
	wake(operation);
}

static void complete_stream(uring_operation *operation, int32_t result, uint32_t flags)
{
	bool more = flags & IORING_CQE_F_MORE;
	if (operation->state == URING_CANCELLING) {
		uring_dispose(operation->flight_marks, operation->flight_direct, result, flags);
		if (!more)
			reaped(operation);
		return;
	}
	if (!more)
		operation->state = URING_STARTED;
	if (result == -ENOBUFS && operation->marks & URING_PROVIDED) {
		operation->state = URING_QUEUED;
		operation->marks |= URING_STARVED;
		uring_append(&uring->starved, operation);
		return;
	}
	uring_event *event = uring->events;
	if (!event) { /* more than anybody takes: no memory is made for it */
		uring_dispose(operation->flight_marks, operation->flight_direct, result, flags);
		return;
	}
	uring->events = event->next;
	*event = (uring_event){ .result = result, .flags = flags };
	if (operation->last)
		operation->last->next = event;
	else
		operation->first = event;
	operation->last = event;
	wake(operation);
}

void uring_complete(uring_operation *operation, int32_t result, uint32_t flags)
{
	if (uring_fault)
		result = uring_fault(URING_FAULT_RESULT, operation, result);
	if (!(flags & IORING_CQE_F_MORE)) {
		uring->flight--;
		operation->generation++;
		if (operation->cancelled) {
			operation->cancelled = false;
			if (operation->next || operation->previous || uring->cancels.first == operation)
				uring_unlink(&uring->cancels, operation);
		}
	}
	if (operation->chosen >= 0) {
		flags |= IORING_CQE_F_BUFFER | (uint32_t)operation->chosen << IORING_CQE_BUFFER_SHIFT;
		operation->chosen = -1;
	} else if (flags & IORING_CQE_F_BUFFER)
		uring_provided_taken(flags >> IORING_CQE_BUFFER_SHIFT);
	if (flags & IORING_CQE_F_BUFFER && result <= 0) { /* nothing is in it */
		uring_provided_release(flags >> IORING_CQE_BUFFER_SHIFT);
		flags = flags & ((1u << IORING_CQE_BUFFER_SHIFT) - 1) & ~(uint32_t)IORING_CQE_F_BUFFER;
	}
	if (operation->flight_marks & URING_MULTI) {
		complete_stream(operation, result, flags);
		return;
	}
	if (operation->state == URING_CANCELLING) {
		uring_dispose(operation->flight_marks, operation->flight_direct, result, flags);
		reaped(operation);
	} else
		uring_finish(operation, result, flags);
}

static inline __attribute__((always_inline)) void take_completion(uint64_t name, int32_t result, uint32_t flags)
{
	if (name & URING_TAG_CANCEL) {
		if (name & URING_TAG_WAKEUP && result < 0) { /* the message has not arrived: as who has no ring wakes */
			uint64_t one = 1;
			ssize_t written = write((int)(uint32_t)name, &one, sizeof one);
			(void)written;
		}
		return;
	}
	if (name & URING_TAG_WAKEUP) {
		uring->woken = true;
		if (!(flags & IORING_CQE_F_MORE))
			uring->watching = false;
		return;
	}
	uring_operation *operation = uring_named((uint32_t)name);
	if (operation && uring_name_of(operation) == name) /* else it came late */
		if (!uring_fault || !uring_fault(URING_FAULT_HOLD, operation, result))
			uring_complete(operation, result, flags);
}

void uring_take_completion(uint64_t name, int32_t result, uint32_t flags)
{
	take_completion(name, result, flags);
}

/* Everything that has come, and no more: completions only set words and link lists. */
uint32_t uring_reap(void)
{
	struct io_uring *kernel = uring->kernel;
	struct io_uring_cqe *cqe;
	unsigned head;
	uint32_t count = 0;
	if (STATOR_RECORDED)
		return uring_record_reap();
	if (uring->inbox)
		return uring_shared_reap();
	io_uring_for_each_cqe(kernel, head, cqe) {
		take_completion(cqe->user_data, cqe->res, cqe->flags);
		count++;
	}
	if (count)
		io_uring_cq_advance(kernel, count);
	return count;
}

/* Without the kernel. */
void uring_complete_early(uring_operation *operation, int32_t result)
{
	uring->flight++;
	operation->state = URING_FLIGHT;
	operation->flight_marks = operation->marks;
	operation->flight_direct = operation->sqe.file_index != 0;
	operation->chosen = -1;
	uring_complete(operation, result, 0);
}
