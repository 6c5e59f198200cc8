/* Operations of the ring (uring.h): made, begun, polled, taken, given up; and what each task has begun. */
#define _GNU_SOURCE
#include "heap.h"
#include "uring-state.h"

#include <errno.h>

/* ---- lists ---- */

void uring_append(uring_queue *list, uring_operation *operation)
{
	operation->next = NULL;
	operation->previous = list->last;
	if (list->last)
		list->last->next = operation;
	else
		list->first = operation;
	list->last = operation;
}

void uring_unlink(uring_queue *list, uring_operation *operation)
{
	if (operation->previous)
		operation->previous->next = operation->next;
	else
		list->first = operation->next;
	if (operation->next)
		operation->next->previous = operation->previous;
	else
		list->last = operation->previous;
	operation->next = operation->previous = NULL;
}

uring_slot *uring_slot_of(stator_task_id task)
{
	return uring->slots + (task & STATOR_SLOT_MASK);
}

/* Out of its slot's list of begun operations. */
void uring_disown(uring_operation *operation)
{
	if (!operation->listed)
		return;
	uring_slot *slot = uring_slot_of(operation->owner);
	if (operation->owner_previous)
		operation->owner_previous->owner_next = operation->owner_next;
	else
		slot->begun = operation->owner_next;
	if (operation->owner_next)
		operation->owner_next->owner_previous = operation->owner_previous;
	operation->listed = false;
	slot->count--;
}

static void own(uring_operation *operation, stator_executor *executor, stator_task_id task)
{
	if (operation->listed && operation->owner == task)
		return;
	uring_disown(operation);
	operation->owner = task;
	operation->executor = executor;
	if (task < 0 || operation->marks & URING_MULTI)
		return;
	uring_slot *slot = uring_slot_of(task);
	operation->owner_previous = NULL;
	operation->owner_next = slot->begun;
	if (slot->begun)
		slot->begun->owner_previous = operation;
	slot->begun = operation;
	operation->listed = true;
	slot->count++;
}

/* ---- operations ---- */

static uring_operation *take_freed(uring_operation **list)
{
	uring_operation *operation = *list;
	if (operation) {
		*list = operation->next;
		operation->next = NULL;
	}
	return operation;
}

uring_operation *uring_operation_new(bool stored)
{
	uring_operation *operation = take_freed(stored ? &uring->freed_stored : &uring->freed);
	if (!operation) {
		if (uring->count == uring->room) {
			uint32_t piece = 0;
			while (uring->pieces[piece])
				piece++;
			uint32_t more = URING_PIECE_FIRST << piece;
			if (piece + 1 == URING_PIECES || !(uring->pieces[piece] = stator_heap_keep(more * sizeof(uring_operation))))
				return NULL;
			uring->room += more;
		}
		uring_storage *storage = stored ? stator_heap_keep(sizeof *storage) : NULL;
		if (stored && !storage)
			return NULL;
		uint32_t number = uring->count++;
		uint32_t piece = 31 - (uint32_t)__builtin_clz(number / URING_PIECE_FIRST + 1);
		operation = uring->pieces[piece] + (number - ((URING_PIECE_FIRST << piece) - URING_PIECE_FIRST));
		operation->number = number;
		operation->storage = storage;
	}
	operation->owner = -1;
	operation->state = URING_IDLE;
	operation->level = URING_NORMAL;
	operation->marks = 0;
	operation->result = 0;
	return operation;
}

uring_operation *uring_operation_find(uint32_t number)
{
	return uring_named(number);
}

int uring_operation_delete(uring_operation *operation)
{
	uring_drop(operation);
	if (operation->state != URING_IDLE)
		return -EBUSY;
	uring_operation **list = operation->storage ? &uring->freed_stored : &uring->freed;
	operation->state = URING_FREE;
	operation->next = *list;
	*list = operation;
	return 0;
}

void uring_enqueue(uring_operation *operation)
{
	operation->state = URING_QUEUED;
	const uring_slot *slot = operation->owner >= 0 ? uring_slot_of(operation->owner) : NULL;
	operation->level = slot && slot->level ? slot->level - 1 : URING_NORMAL;
	uring_append(&uring->levels[operation->level], operation);
	if (!(operation->marks & URING_WAITS))
		uring->pressing = true;
}

void uring_dispose_events(uring_operation *operation)
{
	for (uring_event *event; (event = operation->first);) {
		operation->first = event->next;
		uring_dispose(operation->flight_marks, operation->flight_direct, event->result, event->flags);
		event->next = uring->events;
		uring->events = event;
	}
	operation->last = NULL;
}

/* ---- one operation ---- */

/* A close that the kernel has not seen. */
static void close_after_all(uring_operation *operation)
{
	if (operation->marks & URING_CLOSES)
		uring_close_file(operation->sqe.file_index ? uring_direct((int32_t)(operation->sqe.file_index - 1)) : operation->sqe.fd);
}

/* A DONE operation of an IoStatus leaves its task's list of completed ones. */
static void uncomplete(uring_operation *operation)
{
	if (!(operation->marks & URING_STATUS))
		return;
	uring_slot *slot = uring_slot_of(operation->owner);
	if (operation->owner_previous)
		operation->owner_previous->owner_next = operation->owner_next;
	else
		slot->completed = operation->owner_next;
	if (operation->owner_next)
		operation->owner_next->owner_previous = operation->owner_previous;
	else
		slot->last = operation->owner_previous;
}

/* In flight no more as far as its task is concerned; true: the kernel has to be told. */
bool uring_give_up(uring_operation *operation)
{
	switch (operation->state) {
	case URING_STARTED:
		close_after_all(operation);
		uring_dispose_events(operation);
		operation->state = URING_IDLE;
		return false;
	case URING_QUEUED:
		uring_unlink(operation->marks & URING_STARVED ? &uring->starved : &uring->levels[operation->level], operation);
		operation->marks &= (uint16_t)~URING_STARVED;
		close_after_all(operation);
		uring_dispose_events(operation);
		uring_disown(operation);
		operation->state = URING_IDLE;
		return false;
	case URING_DONE:
		uncomplete(operation);
		uring_dispose(operation->flight_marks, operation->flight_direct, operation->result, operation->flags);
		operation->state = URING_IDLE;
		return false;
	case URING_FLIGHT:
		uring_dispose_events(operation);
		operation->state = URING_CANCELLING;
		if (operation->flight_marks & URING_CLOSES)
			return false;
		uring_cancel(operation);
		return true;
	case URING_CANCELLING:
		if (operation->marks & URING_AGAIN)
			close_after_all(operation);
		operation->marks &= (uint16_t)~(URING_AGAIN | URING_POLLED | URING_CLOSES);
		return false;
	default:
		return false;
	}
}

struct io_uring_sqe *uring_begin(uring_operation *operation, uint32_t marks)
{
	uring_drop(operation);
	operation->marks = (uint16_t)marks;
	if (operation->state == URING_CANCELLING)
		operation->marks |= URING_AGAIN;
	else
		operation->state = URING_STARTED;
	operation->result = 0;
	operation->flags = 0;
	operation->decided = false;
	operation->moved = 0;
	operation->sqe = (struct io_uring_sqe){ 0 };
	return &operation->sqe;
}

void uring_done(uring_operation *operation, int32_t result)
{
	if (operation->state != URING_STARTED) { /* when the kernel has let go of what was begun before */
		operation->decided = true;
		operation->early = result;
		return;
	}
	operation->result = result;
	operation->flight_marks = operation->marks;
	operation->flight_direct = false;
	operation->state = URING_DONE;
}

int uring_poll(uring_operation *operation, stator_executor *executor, stator_task_id waker)
{
	if (operation->first)
		return STATOR_READY;
	switch (operation->state) {
	case URING_DONE:
	case URING_IDLE:
		return STATOR_READY;
	case URING_CANCELLING:
		operation->marks |= URING_POLLED;
		own(operation, executor, waker);
		return STATOR_PENDING;
	case URING_STARTED:
		own(operation, executor, waker);
		uring_enqueue(operation);
		return STATOR_PENDING;
	default:
		own(operation, executor, waker);
		return STATOR_PENDING;
	}
}

void uring_initiate(uring_operation *operation, stator_executor *executor, stator_task_id owner)
{
	operation->marks |= URING_STATUS;
	if (operation->state == URING_DONE) {
		operation->owner = owner;
		operation->executor = executor;
		uring_finish(operation, operation->result, operation->flags);
	} else
		uring_poll(operation, executor, owner);
}

int32_t uring_take(uring_operation *operation)
{
	uring_event *event = operation->first;
	if (event) {
		operation->result = event->result;
		operation->flags = event->flags;
		operation->first = event->next;
		if (!event->next)
			operation->last = NULL;
		event->next = uring->events;
		uring->events = event;
	} else if (operation->state == URING_DONE) {
		uncomplete(operation);
		operation->state = URING_IDLE;
	}
	if (operation->flight_marks & URING_MAKES_FD && operation->flight_direct && operation->result >= 0)
		operation->result = uring_direct(operation->result);
	return operation->result;
}

bool uring_goes_on(uring_operation *operation, int32_t *result)
{
	if (!(operation->marks & URING_WHOLE))
		return false;
	struct io_uring_sqe *sqe = &operation->sqe;
	int32_t left = operation->whole - operation->moved;
	if (*result == -EINTR || (*result > 0 && *result < left)) {
		if (*result > 0) {
			operation->moved += *result;
			sqe->addr += (uint32_t)*result;
			sqe->len = (uint32_t)(left - *result);
		}
		operation->state = URING_STARTED;
		return true;
	}
	if (*result == 0 && left) /* nothing more is taken, and no reason given */
		*result = -EIO;
	else if (*result >= 0)
		*result += operation->moved;
	return false;
}

void uring_cancel(uring_operation *operation)
{
	if (operation->cancelled || (operation->state != URING_FLIGHT && operation->state != URING_CANCELLING))
		return;
	operation->cancelled = true;
	uring->pressing = true;
	uring_append(&uring->cancels, operation);
}

void uring_drop(uring_operation *operation)
{
	if (uring_give_up(operation))
		uring_tell_kernel();
}

int32_t uring_state(const uring_operation *operation)
{
	switch (operation->state) {
	case URING_STARTED:
	case URING_QUEUED:
	case URING_FLIGHT:
	case URING_CANCELLING:
		return STATOR_PENDING;
	default:
		return operation->result < 0 ? operation->result : STATOR_READY;
	}
}

/* ---- tasks ---- */

int32_t uring_completed(const stator_executor *executor, stator_task_id task)
{
	if (uring->executor != executor) /* tasks of others have nothing here */
		return -2;
	uring_slot *slot = uring_slot_of(task);
	uring_operation *operation = slot->completed;
	if (operation) {
		uring_take(operation);
		return (int32_t)operation->number;
	}
	return slot->count ? -1 : -2;
}

uint32_t uring_end(stator_executor *executor, stator_task_id task)
{
	if (uring->executor != executor)
		return 0;
	uring_slot *slot = uring_slot_of(task);
	bool any = false;
	if (!slot->begun && !slot->completed && !slot->level)
		return 0;
	while (slot->completed)
		uring_give_up(slot->completed);
	for (uring_operation *operation = slot->begun, *next; operation; operation = next) {
		next = operation->owner_next;
		own(operation, executor, task);
		any |= uring_give_up(operation);
	}
	if (any)
		uring_tell_kernel();
	if (!slot->count)
		slot->level = 0;
	return slot->count;
}

void uring_feed(void)
{
	for (uring_operation *operation; (operation = uring->starved.first);) {
		uring_unlink(&uring->starved, operation);
		operation->marks &= (uint16_t)~URING_STARVED;
		uring_enqueue(operation);
	}
}
