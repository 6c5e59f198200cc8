/*
 * wait-objects.h: the library's waits and wait lists (src/executor/wait-list.ts, waiter.ts) as C sees them: objects of the engine, whose
 * properties are reached by their order. So one object serves both: TypeScript that polls by hand, and the native functions that
 * compiled tasks call in place of its methods. What the properties are is said by the classes; their order is said here, and beside each class.
 *
 * Nothing here allocates: properties are there since the object was made, and only change their values. The engine marks and
 * sweeps as a whole (xsMemory.c), so writing a reference into an old object needs no barrier.
 */
#ifndef STATOR_WAIT_OBJECTS_H
#define STATOR_WAIT_OBJECTS_H

#include "xsAll.h"

#include "native-call.h"
#include "running.h"

/* An object that is an argument; its properties follow. */
static inline txSlot *object_arg(txMachine *the, int index, const char *what)
{
	txSlot *slot = mxArgv(index);
	if (mxArgc <= index || slot->kind != XS_REFERENCE_KIND)
		mxTypeError("%s: not such an object", what);
	return slot->value.reference;
}

static inline void set_object(txSlot *slot, txSlot *object)
{
	slot->kind = XS_REFERENCE_KIND;
	slot->value.reference = object;
}

static inline void set_undefined(txSlot *slot)
{
	slot->kind = XS_UNDEFINED_KIND;
}

static inline void set_value(txSlot *slot, const txSlot *value)
{
	slot->value = value->value;
	slot->kind = value->kind;
}

static inline bool is_object(const txSlot *slot)
{
	return slot->kind == XS_REFERENCE_KIND;
}

/* The properties of a WaitEntry, in their order. */
typedef struct {
	txSlot *waker, *next, *previous, *list;
} wait_entry;

static inline wait_entry wait_entry_of(txSlot *object)
{
	wait_entry entry;
	entry.waker = object->next;
	entry.next = entry.waker->next;
	entry.previous = entry.next->next;
	entry.list = entry.previous->next;
	return entry;
}

/* As enlist in wait-list.ts. */
static inline void wait_enlist(txSlot *list, txSlot *object, const wait_entry *entry, txInteger waker)
{
	set_integer(entry->waker, waker);
	if (is_object(entry->list))
		return;
	set_object(entry->list, list);
	set_undefined(entry->next);
	txSlot *first = list->next, *last = first->next;
	if (is_object(last)) {
		set_object(entry->previous, last->value.reference);
		set_object(wait_entry_of(last->value.reference).next, object);
	} else {
		set_undefined(entry->previous);
		set_object(first, object);
	}
	set_object(last, object);
}

/* As delist. */
static inline void wait_delist(const wait_entry *entry)
{
	if (!is_object(entry->list))
		return;
	txSlot *first = entry->list->value.reference->next, *last = first->next;
	if (is_object(entry->previous))
		set_value(wait_entry_of(entry->previous->value.reference).next, entry->next);
	else
		set_value(first, entry->next);
	if (is_object(entry->next))
		set_value(wait_entry_of(entry->next->value.reference).previous, entry->previous);
	else
		set_value(last, entry->previous);
	set_undefined(entry->list);
	set_undefined(entry->next);
	set_undefined(entry->previous);
}

/* As wakeFirst. */
static inline void wait_wake_first(txMachine *the, txSlot *list)
{
	txSlot *first = list->next;
	if (!is_object(first))
		return;
	wait_entry entry = wait_entry_of(first->value.reference);
	set_value(first, entry.next);
	if (is_object(entry.next)) {
		set_undefined(wait_entry_of(entry.next->value.reference).previous);
		set_undefined(entry.next);
	} else
		set_undefined(first->next);
	set_undefined(entry.list);
	stator_here_wake(integer_of(the, entry.waker));
}

#endif
